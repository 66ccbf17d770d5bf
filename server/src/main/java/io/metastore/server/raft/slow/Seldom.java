package io.metastore.server.raft.slow;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// Lets the same thing be said no more often than every so long, and counts what is not said. From any thread.
final class Seldom {
    private final long pauseNanos;
    private final LongSupplier nanos;
    private long saidNanos;
    private long unsaid;

    /// @param nanos as `System::nanoTime`
    Seldom(Duration pause, LongSupplier nanos) {
        this.pauseNanos = pause.toNanos();
        this.nanos = nanos;
        this.saidNanos = nanos.getAsLong() - pauseNanos;
    }

    /// Whether it may be said now; then how often it was not since the last time.
    synchronized OptionalLong ask() {
        long now = nanos.getAsLong();
        if (now - saidNanos < pauseNanos) {
            unsaid++;
            return OptionalLong.empty();
        }
        saidNanos = now;
        long passed = unsaid;
        unsaid = 0;
        return OptionalLong.of(passed);
    }
}
