package io.metastore.server.raft.watchdog;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// How long the process has been awake. After a pause of the whole process (a stopped container, a long collection of
/// garbage) nothing else has had its chance yet either, so a pause counts as one tick at most:
///
///     ticks every 200 ms, a pause of 30 s, a tick  →  at most 1 s later, and no disk is taken for stalled
final class AwakeTime {
    private static final long LONGEST_TICK_MILLIS = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanos;
    private long lastNanos;
    private final AtomicLong millis = new AtomicLong();

    /// @param nanos as `System::nanoTime`
    AwakeTime(LongSupplier nanos) {
        this.nanos = nanos;
        lastNanos = nanos.getAsLong();
    }

    /// One thread only, often.
    void tick() {
        var passed = (nanos.getAsLong() - lastNanos) / NANOS_PER_MILLI;
        lastNanos += passed * NANOS_PER_MILLI;
        millis.addAndGet(Math.min(passed, LONGEST_TICK_MILLIS));
    }

    long millis() {
        return millis.get();
    }
}
