package io.metastore.server.raft.propose;

/// The leader's log.
@FunctionalInterface
public interface EntryLog {
    /// Appends an entry after those appended before by the same thread. `notAppended` runs, on any thread, when it is
    /// sure that the entry is not in the log and never will be; in all other cases the log itself tells.
    void append(EntrySink.Outgoing entry, Runnable notAppended);
}
