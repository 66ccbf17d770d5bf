package io.metastore.server.upkeep;

import java.time.Duration;

/// How fast a compaction deletes.
///
/// @param pause between two steps, so that clients' work goes on in between
/// @param idle how often to look for work while there is none
public record CompactionPace(Duration pause, Duration idle) {
    public static final CompactionPace DEFAULT = new CompactionPace(Duration.ofMillis(10), Duration.ofMillis(100));

    public CompactionPace {
        if (pause.isNegative()) {
            throw new IllegalArgumentException("the pause must not be negative: " + pause);
        }
        if (!idle.isPositive()) {
            throw new IllegalArgumentException("the idle time must be positive: " + idle);
        }
    }
}
