package io.metastore.server.node;

import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Work that goes on beside requests, as far as requests ask about it.
public interface Background {
    /// Runs `done` once the revisions up to `revision` that a compaction gave up are deleted here, durably.
    void whenCompacted(long revision, Runnable done);

    /// Gives the space of deleted rows back. Blocks.
    void reclaim();

    /// The state as a file. Blocks: it reads everything once.
    ///
    /// @param members those of the cluster, who are named in it
    StateFile stateFile(List<Member> members);

    /// Hands over, on `where`, the leases: those that expire first at the front if this member knows when, else
    /// in the order of their ids.
    void leases(Executor where, Consumer<List<LeaseId>> reply);
}
