package io.metastore.server.metrics;

import java.util.concurrent.atomic.LongAdder;

/// Counts what happens; cheap from many threads at once.
public final class Counter {
    private final LongAdder sum = new LongAdder();

    public void increment() {
        sum.increment();
    }

    /// So many at once, at least 0.
    public void add(long amount) {
        sum.add(amount);
    }

    public long value() {
        return sum.sum();
    }
}
