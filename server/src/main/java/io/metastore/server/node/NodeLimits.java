package io.metastore.server.node;

import io.metastore.server.config.LimitConfig;
import io.metastore.server.config.MembershipConfig;
import java.time.Duration;

/// What is admitted.
///
/// @param minLeaseSeconds shorter TTLs are raised to it
public record NodeLimits(LimitConfig requests, MembershipConfig members, long minLeaseSeconds) {
    /// A lease must outlive the election of a new leader: etcd's rule is one and a half times the election timeout.
    public static NodeLimits of(LimitConfig requests, MembershipConfig members, Duration electionTimeout) {
        long millis = electionTimeout.toMillis() * 3 / 2;
        return new NodeLimits(requests, members, (millis + 999) / 1000);
    }

    public int maxRequestBytes() {
        return requests.maxRequestBytes();
    }
}
