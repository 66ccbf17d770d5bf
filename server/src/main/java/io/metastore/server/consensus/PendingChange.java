package io.metastore.server.consensus;

import io.metastore.server.model.MemberId;
import java.util.List;

/// What a leader still has to do so that who votes and who is fed agrees with who belongs to the cluster.
///
/// @param members who comes, goes or changes; of a swap the one that leaves first
public record PendingChange(Kind kind, List<MemberId> members) {
    public PendingChange {
        members = List.copyOf(members);
    }

    /// What is to be done next.
    public enum Kind {
        /// A change is being agreed on.
        SETTLE,
        /// Waits until one of the members is started and has caught up.
        ADD,
        REMOVE,
        PROMOTE,
        SWAP,
        /// A voter becomes known as a witness, or as none.
        RANK,
        /// The leader is to leave.
        HAND_OVER
    }
}
