package io.metastore.server.storage;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Counts who uses the engine, so that it can be swapped or closed when nobody does.
///
///     enter enter          exclusively(…)  exit  exit  …runs…         enter (was waiting)
///     inside: 1 2          shut, waits      1     0    alone           1
///
/// A thread that is inside must not ask to be alone, and one that is inside should not enter again: it would wait for
/// the one who waits for it. What is opened from inside (a cursor of a snapshot) shares the entry instead.
final class Gate {
    private static final int SHUT = 1 << 30;

    /// How many are inside; plus `SHUT` while nobody may enter.
    private final AtomicInteger inside = new AtomicInteger();

    /// Held by the one who is alone, or waits to be.
    private final ReentrantLock alone = new ReentrantLock();

    /// Guards `closed` and the two conditions below; never held while anything else is waited for.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition empty = lock.newCondition();
    private final Condition open = lock.newCondition();
    private boolean closed;

    /// Goes in, or waits until it is possible.
    ///
    /// @throws IllegalStateException when the storage is closed
    void enter() {
        for (; ; ) {
            int count = inside.get();
            if (count >= SHUT) {
                awaitOpen();
            } else if (inside.compareAndSet(count, count + 1)) {
                return;
            }
        }
    }

    /// How many are inside at this moment.
    int users() {
        return inside.get() & ~SHUT;
    }

    void exit() {
        if (inside.decrementAndGet() == SHUT) {
            signal(empty);
        }
    }

    /// Runs `action` while nobody is inside; whoever wants to enter meanwhile waits.
    ///
    /// @throws IllegalStateException when the storage is closed
    void exclusively(Runnable action) {
        alone.lock();
        try {
            if (isClosed()) {
                throw closedState();
            }
            shut();
            try {
                action.run();
            } finally {
                inside.set(0);
                signal(open);
            }
        } finally {
            alone.unlock();
        }
    }

    /// As `exclusively`, and nobody may enter ever after. Does nothing when it was done before.
    void close(Runnable last) {
        alone.lock();
        try {
            if (isClosed()) {
                return;
            }
            shut();
            markClosed();
            last.run();
        } finally {
            alone.unlock();
        }
    }

    private void shut() {
        inside.addAndGet(SHUT);
        lock.lock();
        try {
            while (inside.get() != SHUT) {
                empty.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitOpen() {
        lock.lock();
        try {
            while (inside.get() >= SHUT) {
                if (closed) {
                    throw closedState();
                }
                open.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void markClosed() {
        lock.lock();
        try {
            closed = true;
            open.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void signal(Condition condition) {
        lock.lock();
        try {
            condition.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static IllegalStateException closedState() {
        return new IllegalStateException("the storage is closed");
    }
}
