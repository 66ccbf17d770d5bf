package io.metastore.server.config;

import java.time.Duration;

/// What the leader compacts by itself.
public sealed interface AutoCompaction {
    /// Nothing: clients compact.
    record Off() implements AutoCompaction {}

    /// Revisions that are older than `retention`.
    record Periodic(Duration retention) implements AutoCompaction {
        public Periodic {
            if (!retention.isPositive()) {
                throw ConfigException.notAllowed("auto-compaction-retention", retention, "a positive duration");
            }
        }
    }

    /// All but the newest `retention` revisions.
    record Revisions(long retention) implements AutoCompaction {
        public Revisions {
            if (retention < 1) {
                throw ConfigException.notAllowed("auto-compaction-retention", retention, "a number of at least 1");
            }
        }
    }
}
