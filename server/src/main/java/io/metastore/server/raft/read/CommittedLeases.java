package io.metastore.server.raft.read;

import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.LeaseClock;
import io.metastore.server.model.LeaseId;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The leader's clock of leases, asked only when all that is committed is applied here. A follower may be ahead of it:
///
///     follower: grant of 7 → leader: committed → follower: applied, answered
///     follower: renew 7    → leader, which has not applied the grant yet: there is no such lease
///
/// Source: etcd's `LeaseRenew` and `LeaseTimeToLive`, which wait for the applied index of the leader.
public final class CommittedLeases {
    private final LongSupplier committed;
    private final AppliedIndex applied;
    private final LeaseClock clock;

    /// @param committed index of the newest entry that is known to be committed
    public CommittedLeases(LongSupplier committed, AppliedIndex applied, LeaseClock clock) {
        this.committed = committed;
        this.applied = applied;
        this.clock = clock;
    }

    /// As `LeaseClock`; `reply` may be called on the thread that applies.
    public void renew(LeaseId lease, Consumer<LeaseAnswer> reply) {
        applied.await(committed.getAsLong(), () -> clock.renew(lease, reply));
    }

    /// As `LeaseClock`; `reply` may be called on the thread that applies.
    public void timeToLive(LeaseId lease, Consumer<LeaseAnswer> reply) {
        applied.await(committed.getAsLong(), () -> clock.timeToLive(lease, reply));
    }
}
