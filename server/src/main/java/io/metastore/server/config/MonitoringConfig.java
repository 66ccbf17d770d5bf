package io.metastore.server.config;

import java.time.Duration;

/// What a member tells of its work.
///
/// @param extensive whether the time of each method's calls is measured too
/// @param slowRequest calls with one answer that take longer are logged; 0 or less: none is
/// @param slowApply changes that take longer to apply, and reads that take longer to answer, are logged
/// @param tracing whether calls are followed through this member
public record MonitoringConfig(boolean extensive, Duration slowRequest, Duration slowApply, TracingConfig tracing) {
    public static MonitoringConfig defaults() {
        return new MonitoringConfig(false, Duration.ofMillis(300), Duration.ofMillis(100), TracingConfig.defaults());
    }
}
