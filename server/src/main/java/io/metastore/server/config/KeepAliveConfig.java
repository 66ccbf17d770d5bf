package io.metastore.server.config;

import java.time.Duration;

/// Pings on client connections.
///
/// @param minTime a client that pings more often is sent away; 0 allows any rate
/// @param interval after how much quiet the server pings; 0 means never
/// @param timeout how long it waits for the answer; 0 means it never pings
public record KeepAliveConfig(Duration minTime, Duration interval, Duration timeout) {
    public KeepAliveConfig {
        check("grpc-keepalive-min-time", minTime);
        check("grpc-keepalive-interval", interval);
        check("grpc-keepalive-timeout", timeout);
    }

    /// Whether the server pings quiet connections at all.
    public boolean isEnabled() {
        return interval.isPositive() && timeout.isPositive();
    }

    public static KeepAliveConfig defaults() {
        return new KeepAliveConfig(Duration.ofSeconds(5), Duration.ofHours(2), Duration.ofSeconds(20));
    }

    private static void check(String key, Duration value) {
        if (value.isNegative()) {
            throw ConfigException.notAllowed(key, value, "a duration of at least 0");
        }
    }
}
