package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Revision;
import java.util.Arrays;

/// The rows of the column `HISTORY`: key and revision → what is known of that version without its value.
///
/// A row's key is the key with each 00 written as 00 01, then 00 00, then the complements of main and sub revision.
/// So rows sort by key, and those of one key from the newest to the oldest: the first row at or behind (key,
/// revision) is the version that was there at that revision. Put a at 2, put a at 4, put "a\0" at 3:
///
///     61        00 00  fffffffffffffffb ffffffffffffffff   a    at (4, 0)
///     61        00 00  fffffffffffffffd ffffffffffffffff   a    at (2, 0)
///     61 00 01  00 00  fffffffffffffffc ffffffffffffffff   a\0  at (3, 0)
///
/// A tombstone's value is empty; that of a put is three varints: mod revision less create revision, version, and the
/// length of the client's value in bytes.
///
/// @param valueBytes the length of the value the version has, 0 for a tombstone
record HistoryRow(
        Bytes key, Revision revision, boolean isTombstone, long createRevision, long version, long valueBytes) {
    private static final int TERMINATOR = 2;
    private static final int REVISION = 2 * Long.BYTES;

    static HistoryRow put(KeyValue version, Revision revision) {
        return new HistoryRow(
                version.key(),
                revision,
                false,
                version.createRevision(),
                version.version(),
                version.value().length());
    }

    static HistoryRow tombstone(Bytes key, Revision revision) {
        return new HistoryRow(key, revision, true, 0, 0, 0);
    }

    static HistoryRow decode(Bytes rowKey, Bytes rowValue) {
        int end = rowKey.length() - REVISION;
        var reader = new RowReader(rowKey, end);
        var revision = new Revision(~reader.fixed(), ~reader.fixed());
        var key = unescape(rowKey, end - TERMINATOR);
        if (rowValue.isEmpty()) {
            return tombstone(key, revision);
        }
        var numbers = new RowReader(rowValue);
        long create = revision.main() - numbers.varint();
        return new HistoryRow(key, revision, false, create, numbers.varint(), numbers.varint());
    }

    Bytes rowKey() {
        return rowKey(key, revision);
    }

    Bytes rowValue() {
        if (isTombstone) {
            return Bytes.EMPTY;
        }
        long age = revision.main() - createRevision;
        int size = RowWriter.sizeOfVarint(age) + RowWriter.sizeOfVarint(version) + RowWriter.sizeOfVarint(valueBytes);
        return new RowWriter(size)
                .varint(age)
                .varint(version)
                .varint(valueBytes)
                .finish();
    }

    /// What the change counts in the store's logical size, in bytes.
    long cost() {
        return RowCost.of(key.length(), valueBytes);
    }

    /// The version without value and lease.
    KeyValue numbers() {
        return new KeyValue(key, Bytes.EMPTY, createRevision, revision.main(), version, LeaseId.NONE);
    }

    /// Where the versions of `key` at or below `revision` begin.
    static Bytes rowKey(Bytes key, Revision revision) {
        int escaped = key.length() + zeros(key);
        return escape(key, new RowWriter(escaped + TERMINATOR + REVISION))
                .octet(0)
                .octet(0)
                .fixed(~revision.main())
                .fixed(~revision.sub())
                .finish();
    }

    /// The rows of all versions of the keys in `keys`.
    static KeyRange range(KeyRange keys) {
        return new KeyRange(bound(keys.from()), bound(keys.to()));
    }

    /// The rows of the versions of `key` at or below `revision`, the newest first.
    static KeyRange range(Bytes key, Revision revision) {
        return new KeyRange(rowKey(key, revision), end(key));
    }

    /// Behind all versions of `key`, and not behind any of a greater key.
    static Bytes end(Bytes key) {
        int escaped = key.length() + zeros(key);
        return escape(key, new RowWriter(escaped + TERMINATOR))
                .octet(0)
                .octet(1)
                .finish();
    }

    private static Bytes bound(Bytes key) {
        return escape(key, new RowWriter(key.length() + zeros(key))).finish();
    }

    private static RowWriter escape(Bytes key, RowWriter row) {
        for (byte octet : key.shared()) {
            row.octet(octet);
            if (octet == 0) {
                row.octet(1);
            }
        }
        return row;
    }

    private static Bytes unescape(Bytes rowKey, int end) {
        var key = new byte[end];
        int length = 0;
        for (int i = 0; i < end; i++) {
            key[length++] = rowKey.shared()[i];
            if (rowKey.at(i) == 0) {
                i++;
            }
        }
        return Bytes.wrap(length == end ? key : Arrays.copyOf(key, length));
    }

    private static int zeros(Bytes key) {
        int zeros = 0;
        for (byte octet : key.shared()) {
            if (octet == 0) {
                zeros++;
            }
        }
        return zeros;
    }
}
