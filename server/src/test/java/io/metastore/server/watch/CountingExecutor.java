package io.metastore.server.watch;

import java.util.concurrent.Executor;

/// A virtual thread for each task, and a way to wait until none is left: then nothing is going to happen by itself.
final class CountingExecutor implements Executor {
    private int running;

    @Override
    public void execute(Runnable task) {
        count(1);
        Thread.startVirtualThread(() -> {
            try {
                task.run();
            } finally {
                count(-1);
            }
        });
    }

    synchronized void awaitIdle() throws InterruptedException {
        while (running > 0) {
            wait();
        }
    }

    private synchronized void count(int change) {
        running += change;
        if (running == 0) {
            notifyAll();
        }
    }
}
