package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Revision;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.StorageException;

/// Fills an empty storage with a history that was made elsewhere, in batches of the caller's choice. What a change
/// supersedes is looked up, since etcd does not note it. For one thread.
///
///     var history = new HistoryImport();
///     for each batch: history.into(batch);  for each row: history.add(key, message);  batch.commit();
/// history.settled();
///     at the end: history.finish(batch, compacted, finished)
///
/// `etcdutl snapshot restore --bump-revision` puts a row without a message, which stands for no key, at the revision
/// it raises the store to. It is kept as it is, as the newest version of the empty key, which no client can ask for:
/// compactions treat it like any other then, and so hashes stay those of etcd.
public final class HistoryImport {
    private static final int PUT_KEY_BYTES = 17;
    private static final int TOMBSTONE_KEY_BYTES = 18;

    private final RecentKeys recent = new RecentKeys();
    private long revision = 1;
    private long bytes;
    private long keys;

    /// A change that was taken over.
    ///
    /// @param key which changed
    /// @param before the lease that the key was tied to, `NONE` for none
    /// @param after the one that it is tied to now
    public record Change(Bytes key, LeaseId before, LeaseId after) {}

    /// Adds the next row of etcd's bucket `key`.
    ///
    /// @throws StorageException when it is no such row; the batch must not be committed
    public Change add(Batch batch, Bytes rowKey, Bytes message) {
        var at = revisionOf(rowKey);
        var version = EventRow.parse(message);
        var key = version.key();
        var before = new Versions(batch, recent).numbers(key);
        batch.put(Column.EVENTS, rowKey, EventRow.of(message, at.main(), before));
        var after = EventRow.isTombstone(rowKey) ? deleted(batch, key, at) : put(batch, version, at);
        keys += (EventRow.isTombstone(rowKey) ? 0 : 1) - (before.exists() ? 1 : 0);
        revision = at.main();
        return new Change(key, before.lease(), after);
    }

    /// The rows added until now are committed.
    public void settled() {
        recent.settle();
    }

    /// The newest revision of a row.
    public long revision() {
        return revision;
    }

    /// Writes the counters of the store, with the last batch.
    ///
    /// @param compacted history below it is given up; -1 for none
    /// @param finished the compacted revision whose physical part is done, -1 for none
    public void finish(Batch batch, long compacted, long finished) {
        new StoreState(Math.max(revision, compacted), compacted, bytes, keys).write(batch);
        new CompactionTotals(finished, 0).write(batch);
        if (compacted > finished) {
            new ScheduledCompaction(compacted, finished).write(batch);
        }
    }

    private LeaseId put(Batch batch, KeyValue version, Revision at) {
        var known = version.key().isEmpty() ? withoutKey(at) : version;
        if (known.modRevision() != at.main() || known.version() < 1 || known.createRevision() > at.main()) {
            throw new StorageException("the change at " + at + " names other revisions than its own");
        }
        var row = new CurrentRow(known, at.sub());
        batch.put(Column.CURRENT, known.key(), row.rowValue());
        write(batch, HistoryRow.put(known, at));
        recent.note(known.key(), row.numbers());
        return known.lease();
    }

    private LeaseId deleted(Batch batch, Bytes key, Revision at) {
        batch.delete(Column.CURRENT, key);
        write(batch, HistoryRow.tombstone(key, at));
        recent.note(key, KeyNumbers.ABSENT);
        return LeaseId.NONE;
    }

    private void write(Batch batch, HistoryRow row) {
        batch.put(Column.HISTORY, row.rowKey(), row.rowValue());
        bytes += row.cost();
    }

    /// The row that etcd puts at the revision to which a restore lifts a store: its message is empty.
    private static KeyValue withoutKey(Revision at) {
        return new KeyValue(Bytes.EMPTY, Bytes.EMPTY, at.main(), at.main(), 1, LeaseId.NONE);
    }

    private static Revision revisionOf(Bytes rowKey) {
        boolean fits = rowKey.length() == PUT_KEY_BYTES
                || (rowKey.length() == TOMBSTONE_KEY_BYTES && rowKey.at(PUT_KEY_BYTES) == 't');
        var at = fits && rowKey.at(Long.BYTES) == '_' ? EventRow.revision(rowKey) : new Revision(-1, 0);
        if (at.main() < 0 || at.sub() < 0 || at.sub() > Integer.MAX_VALUE) {
            throw new StorageException("the key of a change is not a revision: " + rowKey);
        }
        return at;
    }
}
