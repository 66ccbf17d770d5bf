package io.metastore.server.watch;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Time as the watches need it: how much has gone by, and a call now and then.
public interface WatchClock {
    /// A count of nanoseconds that only grows; only differences mean something.
    long nanos();

    /// Calls `action` once a period, never twice at the same time, until the result is closed.
    Repetition every(Duration period, Runnable action);

    /// Ends a repetition; a call that is under way may still finish.
    interface Repetition extends AutoCloseable {
        @Override
        void close();
    }

    /// The clock of the machine. Each repetition has a virtual thread of its own.
    static WatchClock system() {
        return new WatchClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public Repetition every(Duration period, Runnable action) {
                var scheduler = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofVirtual().name("watch-clock").factory());
                var _ = scheduler.scheduleWithFixedDelay(
                        action, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
                return scheduler::shutdownNow;
            }
        };
    }
}
