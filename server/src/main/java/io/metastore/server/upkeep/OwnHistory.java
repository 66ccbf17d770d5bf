package io.metastore.server.upkeep;

import io.metastore.server.consensus.HistoryHash;
import java.util.List;

/// This member's history of the key space, as far as hashes tell of it. Calls read a long time and may come from any
/// thread.
public interface OwnHistory {
    /// The hash up to `revision`, 0 for the newest.
    HistoryHash upTo(long revision);

    /// What the last compactions left, the newest first.
    List<HistoryHash.Known> ofCompactions();
}
