package io.metastore.server.consensus;

import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Reason;
import java.util.function.Consumer;

/// Agreement on the order of commands, as the rest of the server sees it. Nothing here blocks.
public interface Consensus extends Proposer, Members {
    /// Calls `reply` once this member has applied everything that was acknowledged anywhere before this call, so
    /// that a read of its own state is linearizable; or with the reason why that could not be made sure. It may run
    /// on the caller's thread, or on the thread that applies commands: it must not block.
    void awaitReadable(Consumer<Barrier> reply);

    /// Asks the leader to begin the lease's TTL anew.
    void renewLease(LeaseId lease, Consumer<LeaseAnswer> reply);

    /// Asks the leader how long the lease has left.
    void leaseTimeToLive(LeaseId lease, Consumer<LeaseAnswer> reply);

    /// Asks another member for the hash of its history up to `revision`, 0 for its newest. `reply` must not block.
    void historyOf(MemberId member, long revision, Consumer<HistoryHash> reply);

    /// The newest state known here; cheap enough for every answer's header.
    ClusterState state();

    sealed interface Barrier {
        record Passed() implements Barrier {}

        record Refused(Reason reason) implements Barrier {}
    }
}
