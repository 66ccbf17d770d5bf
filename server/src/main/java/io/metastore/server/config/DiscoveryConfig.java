package io.metastore.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where the founders of a cluster find each other: under a token, in another cluster that serves etcd's API.
///
/// @param token names the cluster to be founded; it is the token that its ids are made from, too
/// @param endpoints of the other cluster, at least one; an https one is talked to over TLS
/// @param login for a service with users
public record DiscoveryConfig(
        String token, List<Url> endpoints, Timing timing, Security security, Optional<SourceConfig.Login> login)
        implements Search {
    /// How patient this member is.
    ///
    /// @param dial how long a connection, and a login, may take
    /// @param request how long an answer may take
    /// @param keepAlive quiet after which the service is pinged
    /// @param keepAliveAnswer how long the answer to that may take
    public record Timing(Duration dial, Duration request, Duration keepAlive, Duration keepAliveAnswer) {
        public static Timing defaults() {
            return new Timing(
                    Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(6));
        }
    }

    /// How https endpoints are talked to.
    ///
    /// @param trustsEverybody whether their certificates are not looked at
    /// @param identity what is shown to them
    /// @param authorities PEM file of those who sign their certificates; empty for the system's
    public record Security(boolean trustsEverybody, CertificateFiles identity, String authorities) {
        public static final Security NONE = new Security(false, CertificateFiles.NONE, "");
    }

    public DiscoveryConfig {
        endpoints = List.copyOf(endpoints);
        if (token.isEmpty() || endpoints.isEmpty()) {
            throw new ConfigException("both --discovery-token and --discovery-endpoints must be set");
        }
    }

    /// Half an identity is refused.
    ///
    /// @throws ConfigException in etcd's words, when there is half an identity
    public void checkIdentity() {
        if (!security.identity().isNone()) {
            security.identity().requireBoth();
        }
    }
}
