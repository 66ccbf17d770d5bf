package io.metastore.server.upkeep;

import java.time.Duration;
import java.util.function.LongSupplier;

/// A monotonic clock that stands still until it is told. It begins near the end of its range, where a careless
/// comparison of nanoseconds would go wrong.
final class FakeTime implements LongSupplier {
    private long nanos = Long.MAX_VALUE - 1;

    @Override
    public long getAsLong() {
        return nanos;
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }
}
