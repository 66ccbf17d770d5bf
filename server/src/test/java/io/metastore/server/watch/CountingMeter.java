package io.metastore.server.watch;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts what a hub tells of its streams.
final class CountingMeter implements WatchMeter {
    final AtomicInteger reports = new AtomicInteger();
    final AtomicInteger failures = new AtomicInteger();

    /// What is sent is measured by those who send it.
    @Override
    public void sent(WatchMessage message, long nanos) {
        throw new IllegalStateException("the hub sends nothing itself: " + message);
    }

    @Override
    public void reported(long nanos) {
        reports.incrementAndGet();
    }

    @Override
    public void failed() {
        failures.incrementAndGet();
    }
}
