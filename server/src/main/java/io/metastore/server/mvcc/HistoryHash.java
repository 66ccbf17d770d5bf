package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Revision;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Cursor;
import io.metastore.server.storage.Reader;

/// The hash of the history up to a revision, as etcd computes it over its bucket `key`, taken as if the physical part
/// of all compactions were done.
///
/// Every change up to the revision counts; of those up to the compacted revision C only the versions that are there
/// at the revision *asked for*, or, when no key is there at that revision, those that are there at C.
///
///     a@2 b@3 a†@4, C = 3:    up to 3: a@2 b@3      up to 4: b@3 a†@4
///     a@2 a†@3, C = 2:        up to 3: a@2 a†@3     (nothing is there at 3, so a@2 counts)
///
/// Source: etcd's `kvHasher`.
final class HistoryHash {
    /// Every hash begins with the name of etcd's bucket.
    static final Checksum BUCKET = Checksum.of(Bytes.utf8("key"));

    private static final Revision START = new Revision(0, 0);

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
        return BUCKET.then(compacted(revision)).then(since(revision)).crc();
    }

    /// The changes up to the compacted revision.
    private Checksum compacted(long revision) {
        if (compacted <= 0) {
            return Checksum.EMPTY;
        }
        long visibleAt = new KeepProbe(versions, revision, false).keepsNothing() ? compacted : revision;
        long finished = CompactionTotals.read(reader).finishedRevision();
        var changed = ChangedKeys.between(reader, Math.max(finished, 0), visibleAt);
        var sum = new Checksum.Sum();
        try (var rows = reader.scan(Column.EVENTS, EventRow.range(START, compacted + 1))) {
            while (rows.next()) {
                if (!EventRow.isTombstone(rows.key()) && isVisible(rows, visibleAt, changed)) {
                    EventRow.addTo(sum, rows.key(), rows.value());
                }
            }
        }
        return sum.checksum();
    }

    /// All changes after the compacted revision.
    private Checksum since(long revision) {
        var sum = new Checksum.Sum();
        var from = new Revision(Math.max(compacted + 1, 0), 0);
        try (var rows = reader.scan(Column.EVENTS, EventRow.range(from, revision + 1))) {
            while (rows.next()) {
                EventRow.addTo(sum, rows.key(), rows.value());
            }
        }
        return sum.checksum();
    }

    /// Whether the put the cursor stands on is the newest of its key. Up to the last finished compaction a key has
    /// one put at most, so only those of keys that changed later need a look-up, whose number is small beside all
    /// keys.
    private boolean isVisible(Cursor row, long visibleAt, ChangedKeys changed) {
        var key = EventRow.keyOf(row.value());
        return !changed.mayContain(key) || versions.isNewest(key, EventRow.revision(row.key()), visibleAt);
    }
}
