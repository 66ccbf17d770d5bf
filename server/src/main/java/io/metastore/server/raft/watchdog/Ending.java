package io.metastore.server.raft.watchdog;

/// Ways to end the process.
public interface Ending {
    /// Runs the shutdown hooks, but not for ever; returns at once.
    void exit(String why);

    /// Runs the shutdown hooks, but not for ever, and ends with success: this member is not wanted any
    /// more. Returns at once.
    void leave(String why);

    /// Does not return.
    void halt(String why);

    static Ending ofProcess() {
        return new ProcessEnding();
    }
}
