package io.metastore.server.grpc;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs small, non-blocking pieces of work on one event loop: at once when the caller is that loop, else all that
/// have come together in one go, so that a batch of answers costs one wake-up, and one flush a connection.
///
///     apply thread: a, b, c   →   loop: wakes once, writes a, b, c, then flushes
///
/// When the loop has stopped, work is dropped: its connections are closed.
final class LoopExecutor implements Executor {
    /// Then the loop looks after its connections before it goes on.
    private static final int MOST_IN_ONE_GO = 256;

    private static final Logger LOG = LoggerFactory.getLogger(LoopExecutor.class);

    private final EventLoop loop;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    LoopExecutor(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void execute(Runnable task) {
        if (loop.inEventLoop()) {
            run(task);
            return;
        }
        waiting.add(task);
        schedule();
    }

    private void schedule() {
        if (scheduled.get() || !scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            loop.execute(this::drain);
        } catch (RejectedExecutionException stopped) {
            LOG.atDebug().addKeyValue("reason", stopped.getMessage()).log("event loop has stopped, answers dropped");
            waiting.clear();
        }
    }

    private void drain() {
        // Before the first look at the queue: what is added after the last look schedules anew.
        scheduled.set(false);
        for (int i = 0; i < MOST_IN_ONE_GO; i++) {
            var task = waiting.poll();
            if (task == null) {
                return;
            }
            run(task);
        }
        schedule();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("answer failed");
        }
    }
}
