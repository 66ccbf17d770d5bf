package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Revision;

/// The rows of the column `EVENTS`: what the change supersedes, and then byte for byte the row of etcd's bucket
/// `key`, over which hashes are taken.
///
///     put a=1, then in one transaction: put b="", delete a
///
///     key                                            value
///     0000000000000002 5f 0000000000000000           00         0a 01 61  10 02  18 02  20 01  2a 01 31
///     0000000000000003 5f 0000000000000000           00         0a 01 62  10 03  18 03  20 01
///     0000000000000003 5f 0000000000000001 74        02 00 01   0a 01 61
///
/// The key is main and sub revision around a `_`, with a `t` behind a tombstone. The value is `Superseded`, and the
/// message `KeyValue` of etcd's API with its fields in the order of their numbers (key 1, create 2, mod 3, version 4,
/// value 5, lease 6), those that are 0 or empty left out; a tombstone has its key only.
final class EventRow {
    private static final int PUT_LENGTH = 17;
    private static final int TOMBSTONE_LENGTH = 18;

    private static final int KEY = 0x0a;
    private static final int CREATE = 0x10;
    private static final int MOD = 0x18;
    private static final int VERSION = 0x20;
    private static final int VALUE = 0x2a;
    private static final int LEASE = 0x30;

    private EventRow() {}

    static Bytes key(Revision revision, boolean tombstone) {
        var row = new RowWriter(tombstone ? TOMBSTONE_LENGTH : PUT_LENGTH)
                .fixed(revision.main())
                .octet('_')
                .fixed(revision.sub());
        return (tombstone ? row.octet('t') : row).finish();
    }

    /// The rows from `from` up to, but without, the transaction `toMain`.
    static KeyRange range(Revision from, long toMain) {
        return new KeyRange(key(from, false), key(new Revision(toMain, 0), false));
    }

    static Revision revision(Bytes rowKey) {
        var reader = new RowReader(rowKey);
        long main = reader.fixed();
        reader.octet();
        return new Revision(main, reader.fixed());
    }

    static boolean isTombstone(Bytes rowKey) {
        return rowKey.length() == TOMBSTONE_LENGTH;
    }

    static Event event(Bytes rowKey, Bytes rowValue) {
        return isTombstone(rowKey)
                ? new Event(
                        Event.Kind.DELETE,
                        KeyValue.tombstone(keyOf(rowValue), revision(rowKey).main()))
                : new Event(Event.Kind.PUT, keyValue(rowValue));
    }

    /// @param before the version that is deleted
    static Bytes tombstone(Bytes key, long revision, KeyNumbers before) {
        var row = new RowWriter(Superseded.size(revision, before) + sizeOf(key));
        Superseded.write(row, revision, before);
        write(row, KEY, key);
        return row.finish();
    }

    /// @param before the version before, or `ABSENT`
    static Bytes put(KeyValue version, KeyNumbers before) {
        int size = Superseded.size(version.modRevision(), before)
                + sizeOf(version.key())
                + sizeOf(version.createRevision())
                + sizeOf(version.modRevision())
                + sizeOf(version.version())
                + sizeOf(version.value())
                + sizeOf(version.lease().number());
        var row = new RowWriter(size);
        Superseded.write(row, version.modRevision(), before);
        write(row, KEY, version.key());
        write(row, CREATE, version.createRevision());
        write(row, MOD, version.modRevision());
        write(row, VERSION, version.version());
        write(row, VALUE, version.value());
        write(row, LEASE, version.lease().number());
        return row.finish();
    }

    /// A row whose message is at hand.
    ///
    /// @param before the version before, or `ABSENT`
    static Bytes of(Bytes message, long revision, KeyNumbers before) {
        var row = new RowWriter(Superseded.size(revision, before) + message.length());
        Superseded.write(row, revision, before);
        return row.bytes(message).finish();
    }

    /// The message in a row's value, as etcd has it.
    static Bytes messageIn(Bytes rowValue) {
        return message(rowValue).rest();
    }

    /// Takes a message apart that comes from elsewhere.
    ///
    /// @throws io.metastore.server.storage.StorageException when it is none
    static KeyValue parse(Bytes message) {
        return keyValue(new RowReader(message));
    }

    /// Adds etcd's row.
    static void addTo(Checksum.Sum sum, Bytes rowKey, Bytes rowValue) {
        sum.add(rowKey).add(rowValue, message(rowValue).position());
    }

    /// The key in a row's value, without taking the rest apart.
    static Bytes keyOf(Bytes rowValue) {
        var reader = message(rowValue);
        if (!reader.hasMore()) {
            return Bytes.EMPTY;
        }
        if (reader.octet() != KEY) {
            throw reader.damaged("a change without a key");
        }
        return reader.bytes(reader.varint());
    }

    static KeyValue keyValue(Bytes rowValue) {
        return keyValue(message(rowValue));
    }

    private static KeyValue keyValue(RowReader reader) {
        var key = Bytes.EMPTY;
        var value = Bytes.EMPTY;
        long create = 0;
        long mod = 0;
        long version = 0;
        long lease = 0;
        while (reader.hasMore()) {
            int tag = reader.octet();
            switch (tag) {
                case KEY -> key = reader.bytes(reader.varint());
                case CREATE -> create = reader.varint();
                case MOD -> mod = reader.varint();
                case VERSION -> version = reader.varint();
                case VALUE -> value = reader.bytes(reader.varint());
                case LEASE -> lease = reader.varint();
                default -> throw reader.damaged("unknown field " + tag);
            }
        }
        return new KeyValue(key, value, create, mod, version, LeaseId.of(lease));
    }

    private static RowReader message(Bytes rowValue) {
        var reader = new RowReader(rowValue);
        Superseded.skip(reader);
        return reader;
    }

    private static int sizeOf(Bytes field) {
        return field.isEmpty() ? 0 : 1 + RowWriter.sizeOfVarint(field.length()) + field.length();
    }

    private static int sizeOf(long field) {
        return field == 0 ? 0 : 1 + RowWriter.sizeOfVarint(field);
    }

    private static void write(RowWriter row, int tag, Bytes field) {
        if (!field.isEmpty()) {
            row.octet(tag).varint(field.length()).bytes(field);
        }
    }

    private static void write(RowWriter row, int tag, long field) {
        if (field != 0) {
            row.octet(tag).varint(field);
        }
    }
}
