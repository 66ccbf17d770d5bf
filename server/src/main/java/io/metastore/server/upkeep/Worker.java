package io.metastore.server.upkeep;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One thread that takes turns: first it does what was posted, in order, then its round. The state behind it needs no
/// locks, since only turns touch it. Without `start` there is no thread and the owner of the object takes the turns,
/// so that a test decides when what happens.
///
/// An exception out of a turn ends the thread and reaches its handler for uncaught exceptions, which is the
/// process's.
final class Worker implements AutoCloseable {
    /// Work of one turn after the posted work; returns the nanoseconds until the next is due, 0 for at once.
    private final LongSupplier round;

    /// Grows by what others post during one turn, which is short; who posts on behalf of clients bounds that himself.
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    Worker(LongSupplier round) {
        this.round = round;
    }

    void start(String name) {
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /// Has `work` done in a turn, soon; after `close` by the caller, at once. Never blocks for long.
    void post(Runnable work) {
        posted.add(work);
        if (closed) {
            drain();
        } else {
            wake();
        }
    }

    void wake() {
        if (!woken.getAndSet(true)) {
            LockSupport.unpark(thread);
        }
    }

    long turn() {
        drain();
        return round.getAsLong();
    }

    private void run() {
        while (!closed) {
            woken.set(false);
            long wait = turn();
            if (wait > 0 && !woken.get() && !closed) {
                LockSupport.parkNanos(this, wait);
            }
        }
    }

    private synchronized void drain() {
        for (var work = posted.poll(); work != null; work = posted.poll()) {
            work.run();
        }
    }

    /// Waits for the turn that is going on, then does what is still posted.
    @Override
    public void close() {
        closed = true;
        var running = thread;
        if (running != null) {
            LockSupport.unpark(running);
            join(running);
        }
        drain();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
