package io.metastore.server.grpc;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Runs what may wait, or read much from the disk, on virtual threads, a bounded number at a time: a read of
/// the engine pins the thread that carries it. Those beyond the bound wait; there are at most as many as there
/// are calls.
final class BlockingCalls implements Executor {
    private final Semaphore free;

    BlockingCalls(int atOnce) {
        free = new Semaphore(atOnce);
    }

    @Override
    public void execute(Runnable task) {
        Thread.ofVirtual().name("grpc-call").start(() -> {
            free.acquireUninterruptibly();
            try {
                task.run();
            } finally {
                free.release();
            }
        });
    }
}
