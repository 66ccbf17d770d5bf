package io.metastore.server.watch;

import java.util.concurrent.atomic.AtomicLong;

/// The memory for changes that wait for slow clients, shared by all streams. A stream may hold a quarter of what is
/// free, so a few stuck clients get much, thousands get little each, and there is always something left for the ones
/// that keep up. Any number of streams hold together at most `total` and one `floor` each.
///
///     total 64, nothing used: each may hold 16    48 used: each may hold 4    64 used: the floor
///
/// Source: dynamic queue length thresholds for shared-memory packet switches (Choudhury and Hahne, 1998).
final class Budget {
    private static final int SHARE = 4;

    private final WatchSettings.Memory memory;
    private final AtomicLong used = new AtomicLong();

    Budget(WatchSettings.Memory memory) {
        this.memory = memory;
    }

    /// How many bytes a stream may hold at this moment, with what it holds already.
    long allowance() {
        long share = (memory.total() - used.get()) / SHARE;
        return Math.min(memory.perStream(), Math.max(memory.floor(), share));
    }

    void charge(long bytes) {
        used.addAndGet(bytes);
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }
}
