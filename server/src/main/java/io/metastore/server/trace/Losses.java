package io.metastore.server.trace;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Counts spans that are lost, of which something is said once a minute at most.
final class Losses {
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong untold = new AtomicLong();
    // Of the thread that sends alone.
    private long toldNanos;

    Losses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.toldNanos = nanoTime.getAsLong() - PAUSE.toNanos();
    }

    /// On any thread.
    void add(int spans) {
        total.addAndGet(spans);
        untold.addAndGet(spans);
    }

    /// How many there were ever.
    long total() {
        return total.get();
    }

    /// How many are to be told of now: all since the last time, unless that was a moment ago or there are none. On the
    /// thread that sends.
    Optional<Long> due() {
        long now = nanoTime.getAsLong();
        if (untold.get() == 0 || now - toldNanos < PAUSE.toNanos()) {
            return Optional.empty();
        }
        toldNanos = now;
        return Optional.of(untold.getAndSet(0));
    }
}
