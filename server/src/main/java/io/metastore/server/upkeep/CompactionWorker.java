package io.metastore.server.upkeep;

import io.metastore.server.mvcc.Compaction;
import io.metastore.server.mvcc.MvccStore;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/// Deletes what a compaction gave up, in small steps on a thread of its own, on every member alike. Closing it ends
/// after the step that is going on; the rest is done after the next start.
public final class CompactionWorker implements AutoCloseable {
    private final Compaction compaction;
    private final CompactionPace pace;
    private final CompactionMeter meter;
    private final Worker worker = new Worker(this::round);

    /// The work to do once a revision's compaction is finished, the lowest revision first.
    private final Queue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::revision));

    private record Waiting(long revision, Runnable task) {}

    CompactionWorker(MvccStore store, CompactionPace pace, CompactionMeter meter) {
        this.meter = meter;
        this.compaction = store.compaction();
        this.pace = pace;
    }

    public static CompactionWorker start(MvccStore store, CompactionPace pace, CompactionMeter meter) {
        var worker = new CompactionWorker(store, pace, meter);
        worker.worker.start("compaction");
        return worker;
    }

    /// Runs `task` once nothing is left to delete for a compaction to `revision`, at once if that is so already; on
    /// the worker's thread, which deletes nothing meanwhile. Not when this is closed before.
    public void whenFinished(long revision, Runnable task) {
        worker.post(() -> waiting.add(new Waiting(revision, task)));
    }

    @Override
    public void close() {
        worker.close();
    }

    /// Takes one turn in place of the thread, which must not have been started; returns the nanoseconds until the
    /// next is due.
    long turn() {
        return worker.turn();
    }

    private long round() {
        long before = compaction.finishedRevision();
        long start = System.nanoTime();
        boolean more = compaction.step();
        long finished = compaction.finishedRevision();
        if (more) {
            meter.step(System.nanoTime() - start, finished > before);
        }
        while (!waiting.isEmpty() && waiting.element().revision() <= finished) {
            waiting.remove().task().run();
        }
        return more ? pace.pause().toNanos() : pace.idle().toNanos();
    }
}
