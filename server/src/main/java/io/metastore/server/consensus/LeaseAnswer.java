package io.metastore.server.consensus;

import io.metastore.server.request.Reason;

/// What the leader says of a lease.
public sealed interface LeaseAnswer {
    /// `remainingMillis` of `grantedSeconds` are left: all of them when the lease was just renewed, 0 when it has
    /// expired and is not revoked yet.
    record Alive(long remainingMillis, long grantedSeconds) implements LeaseAnswer {}

    /// There is no such lease, or it had expired when it was to be renewed.
    record Gone() implements LeaseAnswer {}

    record Refused(Reason reason) implements LeaseAnswer {}
}
