package io.metastore.server.consensus;

import io.metastore.server.request.Reason;

/// What the leader says of a lease.
public sealed interface LeaseAnswer {
    /// `remainingMillis` of `grantedSeconds` are left; a lease that was just renewed has all of them.
    record Alive(long remainingMillis, long grantedSeconds) implements LeaseAnswer {}

    /// There is no such lease, or it has expired.
    record Gone() implements LeaseAnswer {}

    record Refused(Reason reason) implements LeaseAnswer {}
}
