package io.metastore.server.raft.log;

import java.nio.file.Path;

/// Decides whether a member may start on its log, and puts in order what a crash left. Call it before a `RaftServer` is
/// built on the storage, and never beside one.
public final class LogCheck {
    private LogCheck() {}

    /// Runs every check of this package on one log.
    ///
    /// @param group `<raft storage>/<group uuid>`; a group that does not exist yet passes when nothing says that
    ///     it did
    /// @throws UnusableLogException when the member may have lost what it acknowledged
    /// @throws java.io.UncheckedIOException when the log cannot be read or put in order
    public static CheckedLog run(Path group, Evidence evidence, Depth depth) {
        return checked(group, new TornTail(group, evidence, depth).mend(), evidence);
    }

    /// What `run` would return or throw; nothing is put in order, every file stays as it is.
    public static CheckedLog look(Path group, Evidence evidence, Depth depth) {
        return checked(group, TornTail.look(group, evidence, depth), evidence);
    }

    private static CheckedLog checked(Path group, CheckedLog log, Evidence evidence) {
        FirstIndexCheck.check(group, log, evidence.applied());
        TermCheck.check(group, log);
        return log;
    }
}
