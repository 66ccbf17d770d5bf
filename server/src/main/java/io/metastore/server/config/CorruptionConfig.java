package io.metastore.server.config;

import java.time.Duration;

/// When members' data are compared with each other.
///
/// @param atStart with those of the others, before this member serves
/// @param period time between two comparisons of the newest revision; 0 for never
/// @param compactions whether what compactions leave is compared
/// @param compactionPeriod how often
public record CorruptionConfig(boolean atStart, Duration period, boolean compactions, Duration compactionPeriod) {
    public CorruptionConfig {
        if (period.isNegative()) {
            throw ConfigException.notAllowed("corrupt-check-time", period, "a duration of at least 0");
        }
        if (compactions && !compactionPeriod.isPositive()) {
            throw new ConfigException("--compact-hash-check-time must be >0 (set to "
                    + (compactionPeriod.isZero() ? "0s" : compactionPeriod) + ")");
        }
    }

    /// Never.
    public static CorruptionConfig defaults() {
        return new CorruptionConfig(false, Duration.ZERO, false, Duration.ofMinutes(1));
    }
}
