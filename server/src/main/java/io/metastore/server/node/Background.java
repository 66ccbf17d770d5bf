package io.metastore.server.node;

import io.metastore.server.model.LeaseId;
import java.util.List;

/// Work that goes on beside requests, as far as requests ask about it.
public interface Background {
    /// Runs `done` once the revisions up to `revision` that a compaction gave up are deleted here.
    void whenCompacted(long revision, Runnable done);

    /// Gives the space of deleted rows back. Blocks.
    void reclaim();

    /// The leases, those that expire first at the front if this member knows when.
    List<LeaseId> leases();
}
