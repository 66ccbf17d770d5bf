package io.metastore.server.mvcc;

import io.metastore.server.mvcc.CompactionProgress.Phase;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// The physical part of compactions, in small steps, one compaction after the other. It has no thread: whoever has
/// time calls `step`. How far it is lies in the storage, written together with the work, so it goes on after a crash
/// where it was. Reads are not disturbed: only what nobody may read any more is removed.
///
/// Each compaction leaves a hash (`CompactionHash`) in the process that finishes it, the same on every member
/// whenever and however often it was interrupted.
public final class Compaction {
    private final Storage storage;
    private final int stepLimit;
    private final CompactionHashes hashes = new CompactionHashes();

    /// Written under the lock of this, read by any thread.
    private volatile CompactionTotals totals;

    /// Since the process started.
    private final LongAdder removedChanges = new LongAdder();

    /// @param stepLimit so many changes are looked at in one step
    Compaction(Storage storage, int stepLimit) {
        this.storage = storage;
        this.stepLimit = stepLimit;
        totals = read(storage);
    }

    /// Looks at no more changes than the limit and commits what that gave. From any thread that has no view open;
    /// steps wait for each other.
    ///
    /// @return whether there was something to do; then there may be more
    public synchronized boolean step() {
        try (var batch = storage.batch()) {
            var progress = CompactionProgress.read(batch)
                    .or(() -> ScheduledCompaction.oldest(batch).map(CompactionProgress::start));
            progress.ifPresent(from -> step(from, batch));
            return progress.isPresent();
        }
    }

    /// The newest revision whose physical part is done; -1 for none.
    public long finishedRevision() {
        return totals.finishedRevision();
    }

    /// How many changes were removed since the process started; for a metric.
    public long removedChanges() {
        return removedChanges.sum();
    }

    /// The hash that the compaction to `revision` left, if it is one of the last ten that ended in this process.
    Optional<CompactionHash> hashOf(long revision) {
        return hashes.find(revision);
    }

    /// Those that `hashOf` finds, the newest first.
    List<CompactionHash> hashes() {
        return hashes.newestFirst();
    }

    long removedBytes() {
        return totals.removedBytes();
    }

    /// The rows were replaced.
    synchronized void reload() {
        totals = read(storage);
        hashes.clear();
    }

    private void step(CompactionProgress from, Batch batch) {
        var before = CompactionTotals.read(batch);
        var step = new CompactionStep(batch, stepLimit);
        var reached = step.run(from);
        boolean done = reached.phase() == Phase.DONE;
        var after = new CompactionTotals(
                done ? reached.job().revision() : before.finishedRevision(),
                before.removedBytes() + step.removedBytes());
        after.write(batch);
        if (done) {
            finish(reached, batch);
        } else {
            reached.write(batch);
        }
        batch.commit();
        removedChanges.add(step.removedChanges());
        if (done) {
            hashes.add(
                    new CompactionHash(reached.job().revision(), reached.job().previous(), reached.hash()));
        }
        totals = after;
    }

    private static void finish(CompactionProgress progress, Batch batch) {
        progress.job().delete(batch);
        CompactionProgress.delete(batch);
    }

    private static CompactionTotals read(Storage storage) {
        try (var snapshot = storage.snapshot()) {
            return CompactionTotals.read(snapshot);
        }
    }
}
