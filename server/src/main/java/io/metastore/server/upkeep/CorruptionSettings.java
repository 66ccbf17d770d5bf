package io.metastore.server.upkeep;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// When members' data are compared.
///
/// @param newest how often their newest revisions; never when empty
/// @param compactions how often what their compactions left; never when empty
public record CorruptionSettings(Optional<Duration> newest, Optional<Duration> compactions) {
    public CorruptionSettings {
        Stream.of(newest, compactions)
                .flatMap(Optional::stream)
                .filter(interval -> !interval.isPositive())
                .forEach(interval -> {
                    throw new IllegalArgumentException(
                            "the time between two comparisons must be positive: " + interval);
                });
    }
}
