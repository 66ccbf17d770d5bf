package io.metastore.server.raft.log;

import java.nio.file.Path;

/// The log must begin no later than right behind what the store has applied. Ratis starts on a log with such a gap,
/// leads, and dies in the thread that moves the commit index: a leader that only sends heartbeats.
///
///     applied 100, log 101 to 180  →  fine          applied 100, log 120 to 180  →  101 to 119 exist nowhere here
final class FirstIndexCheck {
    private FirstIndexCheck() {}

    /// @param applied index of the newest entry whose effect the store has kept, -1 when there is none
    /// @throws UnusableLogException when there is a gap
    static void check(Path group, CheckedLog log, long applied) {
        if (log.first() > applied + 1) {
            throw new UnusableLogException(
                    group.resolve("current"),
                    applied + 1,
                    "the log begins with entry " + log.first() + ", but the store has kept entries up to " + applied
                            + " only");
        }
    }
}
