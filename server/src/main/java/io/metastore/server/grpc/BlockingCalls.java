package io.metastore.server.grpc;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Runs what may wait, or read much from the disk, on virtual threads, a bounded number at a time: a read of the
/// engine pins the thread that carries it. Those beyond the bound wait; there are at most as many as there are calls.
final class BlockingCalls implements Executor {
    private final Semaphore free;

    BlockingCalls(int atOnce) {
        free = new Semaphore(atOnce);
    }

    @Override
    public void execute(Runnable task) {
        start(() -> read(() -> {
            task.run();
            return true;
        }));
    }

    /// Runs something long that reads now and then, and must not keep others from their turn in between.
    void start(Runnable task) {
        var _ = Thread.ofVirtual().name("grpc-call").start(task);
    }

    /// Reads when it is the caller's turn.
    <T> T read(Supplier<T> work) {
        free.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            free.release();
        }
    }
}
