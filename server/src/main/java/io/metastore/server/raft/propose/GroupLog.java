package io.metastore.server.raft.propose;

import java.util.List;
import java.util.function.Consumer;

/// The leader's log as it is: each place in it holds the entries of a group.
@FunctionalInterface
public interface GroupLog {
    /// Appends a group after those appended before.
    ///
    /// @param finished called once, on any thread, when the group is applied here or nothing more will be heard of
    ///     it: with true if it is sure not to be in the log and never to come into it
    void append(List<EntrySink.Outgoing> group, Consumer<Boolean> finished);
}
