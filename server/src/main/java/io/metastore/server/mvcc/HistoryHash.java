package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Revision;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;

/// The hash of the history up to a revision, as etcd computes it over its bucket `key`, taken as if the
/// physical part of all compactions were done.
///
/// Every change up to the revision counts; of those up to the compacted revision C only the versions that are
/// there at the revision *asked for*, or, when no key is there at that revision, those that are there at C.
///
///     a@2 b@3 a†@4, C = 3:    up to 3: a@2 b@3      up to 4: b@3 a†@4
///     a@2 a†@3, C = 2:        up to 3: a@2 a†@3     (nothing is there at 3, so a@2 counts)
///
/// Source: etcd's `kvHasher`.
final class HistoryHash {
    /// Every hash begins with the name of etcd's bucket.
    static final Checksum BUCKET = Checksum.of(Bytes.utf8("key"));

    private final Reader reader;
    private final Versions versions;
    private final long compacted;

    /// @param compacted the compacted revision of the rows, -1 for none
    HistoryHash(Reader reader, long compacted) {
        this.reader = reader;
        this.compacted = compacted;
        versions = new Versions(reader);
    }

    /// @param revision not below the compacted revision, or below 0 for the hash of nothing
    int upTo(long revision) {
        if (revision < 0) {
            return BUCKET.crc();
        }
        var sum = new Checksum.Sum();
        long visibleAt = new KeepProbe(versions, revision, false).keepsNothing() ? compacted : revision;
        try (var rows = reader.scan(Column.EVENTS, EventRow.range(new Revision(0, 0), revision + 1))) {
            while (rows.next()) {
                if (counts(rows.key(), rows.value(), visibleAt)) {
                    sum.add(rows.key()).add(rows.value());
                }
            }
        }
        return BUCKET.then(sum.checksum()).crc();
    }

    private boolean counts(Bytes rowKey, Bytes rowValue, long visibleAt) {
        var revision = EventRow.revision(rowKey);
        if (revision.main() > compacted) {
            return true;
        }
        return !EventRow.isTombstone(rowKey) && versions.isNewest(EventRow.keyOf(rowValue), revision, visibleAt);
    }
}
