package io.metastore.server.lease;

import io.metastore.server.model.LeaseId;

/// A promise to delete the keys attached to it unless it is renewed in time.
///
/// @param ttlSeconds how long it lives from a grant or a renewal on, at least 1
/// @param remainingSeconds what was left of it at its last checkpoint; 0 when there is none, so all of `ttlSeconds`
public record Lease(LeaseId id, long ttlSeconds, long remainingSeconds) {
    public boolean hasCheckpoint() {
        return remainingSeconds > 0;
    }

    /// How long a new leader gives it.
    public long secondsAtNewLeader() {
        return hasCheckpoint() ? Math.min(remainingSeconds, ttlSeconds) : ttlSeconds;
    }
}
