package io.metastore.server.raft;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The threads of replication beside Ratis's own: one that keeps time and reacts to who leads, and one for slow
/// work on the disk. What comes after the end is dropped.
final class BackgroundTasks implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, named("metastore-leadership"), new ThreadPoolExecutor.DiscardPolicy());
    private final ExecutorService disk = Executors.newSingleThreadExecutor(named("metastore-checkpoint"));

    BackgroundTasks() {
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /// Returns when no task of the timer runs any more, or after a second.
    void stopTimer() {
        timer.shutdown();
        try {
            var _ = timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    ExecutorService disk() {
        return disk;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        disk.close();
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().name(name).daemon().factory();
    }
}
