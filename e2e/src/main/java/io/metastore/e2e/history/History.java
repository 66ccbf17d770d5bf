package io.metastore.e2e.history;

import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The calls of all clients and the watches, as they come; any thread may add. It begins with a fresh
/// store, and ids of leases are used once.
public final class History {
    private final long began = System.nanoTime();
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final Queue<Watch> watches = new ConcurrentLinkedQueue<>();

    /// Nanoseconds since the history began: the clock of all its times.
    public long now() {
        return System.nanoTime() - began;
    }

    public void add(Operation operation) {
        operations.add(operation);
    }

    public void add(Watch watch) {
        watches.add(watch);
    }

    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    public List<Watch> watches() {
        return List.copyOf(watches);
    }

    /// How many writes were acknowledged that began after a time.
    public long writesSince(long time) {
        return operations.stream()
                .filter(operation -> operation.start() >= time && operation.changed())
                .count();
    }

    /// The longest time between two acknowledged writes, of those that begins or ends between two times.
    public long longestPause(long from, long to) {
        var ends = operations.stream()
                .filter(Operation::changed)
                .map(Operation::end)
                .sorted(Comparator.naturalOrder())
                .toList();
        long longest = 0;
        for (int i = 1; i < ends.size(); i++) {
            if (ends.get(i) >= from && ends.get(i - 1) <= to) {
                longest = Math.max(longest, ends.get(i) - ends.get(i - 1));
            }
        }
        return longest;
    }
}
