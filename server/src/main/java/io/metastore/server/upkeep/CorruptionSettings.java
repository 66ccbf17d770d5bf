package io.metastore.server.upkeep;

import java.time.Duration;
import java.util.Optional;

/// When members' data are compared.
///
/// @param newest how often their newest revisions; never when empty
/// @param compactions how often what their compactions left; never when empty
public record CorruptionSettings(Optional<Duration> newest, Optional<Duration> compactions) {
    public CorruptionSettings {
        for (var interval :
                new Duration[] {newest.orElse(Duration.ofDays(1)), compactions.orElse(Duration.ofDays(1))}) {
            if (!interval.isPositive()) {
                throw new IllegalArgumentException("the time between two comparisons must be positive: " + interval);
            }
        }
    }
}
