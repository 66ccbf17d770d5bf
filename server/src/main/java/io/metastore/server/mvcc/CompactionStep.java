package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Revision;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Cursor;

/// One step of the physical part of a compaction, in one batch. No row it reads can be changed by another batch,
/// since it is at or below the compacted revision.
///
/// Up to the previous compaction P at most one change of each key is left. So only the changes after P are walked:
/// each makes the put before it of the same key superfluous, which it names itself, so that nothing is looked up; and
/// a tombstone also itself, unless it is at the very revision C that is compacted to, where a watch may begin. Each
/// change is walked by one compaction only, so what it names is there to be removed.
///
///     P = 4, C = 8     before   a@2 b@3 c@4 | a@5 a@6 b†@7 c†@8 | a@9          (the bars stand behind P and C)
///                      walk     a@5: a@2 goes    a@6: a@5 goes    b†@7: b@3 and b†@7 go    c†@8: c@4 goes
///                      after                    |     a@6      c†@8 | a@9
final class CompactionStep {
    private final Batch batch;
    private final int limit;
    private long removedBytes;
    private long removedChanges;

    /// @param limit so many changes are looked at
    CompactionStep(Batch batch, int limit) {
        this.batch = batch;
        this.limit = limit;
    }

    /// Goes on from `progress`, and says how far it came.
    CompactionProgress run(CompactionProgress progress) {
        return switch (progress.phase()) {
            case PROBE -> probe(progress);
            case SWEEP -> sweep(progress);
            case SUM -> sum(progress);
            case DONE -> throw new IllegalStateException("the compaction is done");
        };
    }

    /// What this step took from the store's logical size, in bytes.
    long removedBytes() {
        return removedBytes;
    }

    /// How many changes this step removed.
    long removedChanges() {
        return removedChanges;
    }

    private CompactionProgress probe(CompactionProgress progress) {
        var probe = new KeepProbe(new Versions(batch), progress.job().revision(), true);
        return switch (probe.look(progress.position(), limit)) {
            case KeepProbe.Found _ -> progress.probed(false);
            case KeepProbe.Nothing _ -> progress.probed(true);
            case KeepProbe.Further(Revision before) -> progress.at(before);
        };
    }

    private CompactionProgress sweep(CompactionProgress progress) {
        var job = progress.job();
        var sum = new Checksum.Sum();
        try (var rows = batch.scan(Column.EVENTS, EventRow.range(progress.position(), job.revision() + 1))) {
            for (int walked = 0; rows.next(); walked++) {
                var revision = EventRow.revision(rows.key());
                if (walked == limit) {
                    return progress.withNewer(sum.checksum()).at(revision);
                }
                walkBy(rows, revision, job, sum);
            }
        }
        return progress.withNewer(sum.checksum()).phaseDone();
    }

    private CompactionProgress sum(CompactionProgress progress) {
        var sum = new Checksum.Sum();
        long end = progress.job().previous() + 1;
        try (var rows = batch.scan(Column.EVENTS, EventRow.range(progress.position(), end))) {
            for (int walked = 0; rows.next(); walked++) {
                if (walked == limit) {
                    return progress.withOlder(sum.checksum()).at(EventRow.revision(rows.key()));
                }
                if (!EventRow.isTombstone(rows.key())) {
                    EventRow.addTo(sum, rows.key(), rows.value());
                }
            }
        }
        return progress.withOlder(sum.checksum()).phaseDone();
    }

    /// What is at the previous compaction was walked by it, but for its tombstones.
    private void walkBy(Cursor change, Revision revision, ScheduledCompaction job, Checksum.Sum sum) {
        boolean isNew = revision.main() > job.previous();
        boolean goesItself = EventRow.isTombstone(change.key()) && revision.main() < job.revision();
        if (!isNew && !goesItself) {
            return;
        }
        var row = change.value();
        if (isNew) {
            EventRow.addTo(sum, change.key(), row);
            removeSuperseded(revision, row);
        }
        if (goesItself) {
            remove(EventRow.keyOf(row), revision, true, 0);
        }
    }

    private void removeSuperseded(Revision revision, Bytes row) {
        Superseded.read(revision.main(), row)
                .ifPresent(put -> remove(EventRow.keyOf(row), put.revision(), false, put.valueBytes()));
    }

    private void remove(Bytes key, Revision revision, boolean tombstone, long valueBytes) {
        batch.delete(Column.EVENTS, EventRow.key(revision, tombstone));
        batch.delete(Column.HISTORY, HistoryRow.rowKey(key, revision));
        removedChanges++;
        removedBytes += RowCost.of(key.length(), valueBytes);
    }
}
