package io.metastore.server.raft.watchdog;

import java.io.IOException;

/// What the watchdogs look at. Every method may hang when what it looks at does: Ratis answers some of it under locks
/// that a caller holds who waits for the disk. So each is called from a thread of its own.
public interface Vitals {
    Observation observe();

    /// Only what the log tells; called more often.
    LogProgress log();

    /// Writes a few bytes to the volume of the log and flushes them.
    ///
    /// @throws IOException when the volume does not take writes
    void touchDisk() throws IOException;
}
