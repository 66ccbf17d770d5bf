package io.metastore.server.upkeep;

import java.time.Duration;

/// Which history is given up without anybody asking.
public sealed interface CompactionPolicy {
    /// None.
    record Off() implements CompactionPolicy {}

    /// What was replaced longer than `period` ago.
    record Periodic(Duration period) implements CompactionPolicy {
        /// Its tenth is the time between two samples, in whole milliseconds.
        private static final Duration SHORTEST = Duration.ofMillis(10);

        public Periodic {
            if (period.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("the period must be at least " + SHORTEST + ": " + period);
            }
        }
    }

    /// All but the newest `keep` revisions.
    record Revisions(long keep) implements CompactionPolicy {
        public Revisions {
            if (keep <= 0) {
                throw new IllegalArgumentException("the number of kept revisions must be positive: " + keep);
            }
        }
    }
}
