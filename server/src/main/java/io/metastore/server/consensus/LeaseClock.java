package io.metastore.server.consensus;

import io.metastore.server.model.LeaseId;
import java.util.function.Consumer;

/// The leader's knowledge of how long each lease has left. While this member does not lead, every call is answered with
/// a refusal, `NOT_LEADER`.
public interface LeaseClock extends LeaderDuty {
    /// Begins the lease's TTL anew. A lease that has expired but is not revoked yet is answered as gone, after it was
    /// revoked.
    void renew(LeaseId lease, Consumer<LeaseAnswer> reply);

    void timeToLive(LeaseId lease, Consumer<LeaseAnswer> reply);
}
