package io.metastore.server.watch;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/// A piece of work that never runs twice at once, and runs again after every call that came while it ran. Calls cost
/// nothing more while it runs, so a burst of them is one run, or two.
final class SerialTask {
    private final Executor executor;
    private final Runnable work;
    private final AtomicInteger calls = new AtomicInteger();

    SerialTask(Executor executor, Runnable work) {
        this.executor = executor;
        this.work = work;
    }

    /// Makes sure that the work begins after this call. Returns at once; from any thread, the one that works
    /// included.
    void wake() {
        if (calls.getAndIncrement() == 0) {
            executor.execute(this::run);
        }
    }

    private void run() {
        int seen;
        do {
            seen = calls.get();
            work.run();
        } while (!calls.compareAndSet(seen, 0));
    }
}
