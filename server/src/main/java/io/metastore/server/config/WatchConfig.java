package io.metastore.server.config;

import java.time.Duration;

/// How watches are served.
///
/// @param progressInterval after how much quiet a watch that asked for it is told the revision it has seen; 0 means
///     10 min
public record WatchConfig(Duration progressInterval) {
    private static final Duration DEFAULT_PROGRESS_INTERVAL = Duration.ofMinutes(10);

    public WatchConfig {
        if (progressInterval.isNegative()) {
            throw ConfigException.notAllowed(
                    "watch-progress-notify-interval", progressInterval, "a duration of at least 0");
        }
        progressInterval = progressInterval.isZero() ? DEFAULT_PROGRESS_INTERVAL : progressInterval;
    }

    public static WatchConfig defaults() {
        return new WatchConfig(DEFAULT_PROGRESS_INTERVAL);
    }
}
