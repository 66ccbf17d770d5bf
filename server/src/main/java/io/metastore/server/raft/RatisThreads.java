package io.metastore.server.raft;

/// The threads of Ratis's server. When one dies of an exception the server goes on without it, for example as a
/// leader that only sends heartbeats; so the process ends instead.
final class RatisThreads extends ThreadGroup {
    private final Fatal fatal;

    RatisThreads(Fatal fatal) {
        super("ratis");
        this.fatal = fatal;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        fatal.halt("the thread " + thread.getName() + " of Ratis died", failure);
    }
}
