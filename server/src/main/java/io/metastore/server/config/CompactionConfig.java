package io.metastore.server.config;

import java.time.Duration;

/// What is compacted without being asked for, and how fast compacted revisions are deleted.
///
/// @param batchLimit revisions deleted in one step; 0 means 1000
/// @param sleepInterval the pause between two steps; 0 means 10 ms
public record CompactionConfig(AutoCompaction auto, int batchLimit, Duration sleepInterval) {
    private static final int DEFAULT_BATCH_LIMIT = 1_000;
    private static final Duration DEFAULT_SLEEP_INTERVAL = Duration.ofMillis(10);

    public CompactionConfig {
        if (batchLimit < 0) {
            throw ConfigException.notAllowed("compaction-batch-limit", batchLimit, "a number of at least 0");
        }
        if (sleepInterval.isNegative()) {
            throw ConfigException.notAllowed("compaction-sleep-interval", sleepInterval, "a duration of at least 0");
        }
        batchLimit = batchLimit == 0 ? DEFAULT_BATCH_LIMIT : batchLimit;
        sleepInterval = sleepInterval.isZero() ? DEFAULT_SLEEP_INTERVAL : sleepInterval;
    }

    public static CompactionConfig defaults() {
        return new CompactionConfig(new AutoCompaction.Off(), DEFAULT_BATCH_LIMIT, DEFAULT_SLEEP_INTERVAL);
    }
}
