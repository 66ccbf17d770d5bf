package io.metastore.server.raft.watchdog;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// W3. Ratis goes on without a thread that has died: without its event thread a leader only sends heartbeats and
/// commits nothing, and nobody takes over. So a thread that ends with an exception ends the process.
public final class DeadThreads implements Thread.UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeadThreads.class);

    private final Consumer<String> halt;
    private volatile boolean armed = true;

    /// Watches nothing yet.
    ///
    /// @param halt ends the process without waiting, as `Remedies::halt`
    public DeadThreads(Consumer<String> halt) {
        this.halt = halt;
    }

    /// For `RaftServer.Builder.setThreadGroup`: sees the threads that Ratis makes itself, whatever others set as their
    /// default.
    public ThreadGroup group(String name) {
        return new ThreadGroup(name) {
            @Override
            public void uncaughtException(Thread thread, Throwable failure) {
                DeadThreads.this.uncaughtException(thread, failure);
            }
        };
    }

    /// Sees every other thread of the process too, those of gRPC among them.
    public void watchAll() {
        Thread.setDefaultUncaughtExceptionHandler(this);
    }

    /// From here on threads may die, since the process shuts down in an orderly way.
    public void disarm() {
        armed = false;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        try {
            LOG.atError()
                    .setCause(failure)
                    .addKeyValue("thread", thread.getName())
                    .log("a thread died");
        } finally { // also when there is no memory left for the line above
            if (armed) {
                halt.accept("the thread " + thread.getName() + " died: " + failure);
            }
        }
    }
}
