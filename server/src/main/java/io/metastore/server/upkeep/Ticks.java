package io.metastore.server.upkeep;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Milliseconds since this object was made, from a monotonic source of nanoseconds whose own zero means nothing. In
/// this unit the longest lease (9,000,000,000 s) is far from an overflow; in nanoseconds it is not.
final class Ticks {
    private final LongSupplier nanoTime;
    private final long origin;

    Ticks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.origin = nanoTime.getAsLong();
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - origin);
    }
}
