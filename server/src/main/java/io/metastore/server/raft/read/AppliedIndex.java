package io.metastore.server.raft.read;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/// The index of the last applied entry, and those who wait for one to be applied.
public final class AppliedIndex {
    private final PriorityQueue<Waiter> waiters = new PriorityQueue<>();
    private volatile long applied;

    /// Begins at the index that is applied already.
    public AppliedIndex(long applied) {
        this.applied = applied;
    }

    public long value() {
        return applied;
    }

    /// Runs `then` once everything up to `index` is applied: at once on the calling thread, or later on the thread
    /// that applies.
    public void await(long index, Runnable then) {
        if (applied >= index || !add(new Waiter(index, then))) {
            then.run();
        }
    }

    private synchronized boolean add(Waiter waiter) {
        return applied < waiter.index() && waiters.add(waiter);
    }

    /// Everything up to `index` is applied now. Called by the thread that applies, with indexes that grow.
    public void advance(long index) {
        for (var due : reached(index)) {
            due.then().run();
        }
    }

    private synchronized List<Waiter> reached(long index) {
        applied = index;
        if (waiters.isEmpty()) {
            return List.of();
        }
        var due = new ArrayList<Waiter>();
        for (var next = waiters.peek(); next != null && next.index() <= index; next = waiters.peek()) {
            due.add(waiters.remove());
        }
        return due;
    }

    private record Waiter(long index, Runnable then) implements Comparable<Waiter> {
        @Override
        public int compareTo(Waiter other) {
            return Long.compare(index, other.index);
        }
    }
}
