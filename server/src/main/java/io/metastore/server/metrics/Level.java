package io.metastore.server.metrics;

import java.util.concurrent.atomic.AtomicLong;

/// A number that goes up and down.
public final class Level {
    private final AtomicLong value = new AtomicLong();

    public void add(long amount) {
        value.addAndGet(amount);
    }

    public void set(long now) {
        value.set(now);
    }

    public long value() {
        return value.get();
    }
}
