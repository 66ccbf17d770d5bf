package io.metastore.server.config;

import java.time.Duration;

/// Pings on client connections. As in etcd, a 0 leaves it to what gRPC does by itself.
///
/// @param minTime a client that pings more often is sent away; 0 becomes 5 minutes
/// @param interval after how much quiet the server pings; below 10 seconds it is those
/// @param timeout how long it waits for the answer; if one of these two is 0, they become 2 hours and 20 seconds
public record KeepAliveConfig(Duration minTime, Duration interval, Duration timeout) {
    private static final Duration GRPC_MIN_TIME = Duration.ofMinutes(5);
    private static final Duration GRPC_INTERVAL = Duration.ofHours(2);
    private static final Duration GRPC_TIMEOUT = Duration.ofSeconds(20);

    public KeepAliveConfig {
        check("grpc-keepalive-min-time", minTime);
        check("grpc-keepalive-interval", interval);
        check("grpc-keepalive-timeout", timeout);
        if (minTime.isZero()) {
            minTime = GRPC_MIN_TIME;
        }
        if (interval.isZero() || timeout.isZero()) {
            interval = GRPC_INTERVAL;
            timeout = GRPC_TIMEOUT;
        }
    }

    public static KeepAliveConfig defaults() {
        return new KeepAliveConfig(Duration.ofSeconds(5), GRPC_INTERVAL, GRPC_TIMEOUT);
    }

    private static void check(String key, Duration value) {
        if (value.isNegative()) {
            throw ConfigException.notAllowed(key, value, "a duration of at least 0");
        }
    }
}
