package io.metastore.server.config;

import java.time.Duration;

/// Timing of the replication and how much of the log is kept. All members should agree.
///
/// @param snapshotCount entries between two checkpoints
/// @param snapshotCatchUpEntries entries kept behind a checkpoint for followers that are slow
public record RaftConfig(
        Duration heartbeatInterval, Duration electionTimeout, long snapshotCount, long snapshotCatchUpEntries) {
    private static final Duration LONGEST_ELECTION = Duration.ofSeconds(50);
    private static final int HEARTBEATS_IN_AN_ELECTION = 5;

    public RaftConfig {
        long heartbeat = heartbeatInterval.toMillis();
        long election = electionTimeout.toMillis();
        if (heartbeat <= 0) {
            throw new ConfigException("--heartbeat-interval must be >0 (set to " + heartbeat + "ms)");
        }
        if (election <= 0) {
            throw new ConfigException("--election-timeout must be >0 (set to " + election + "ms)");
        }
        if (electionTimeout.compareTo(heartbeatInterval.multipliedBy(HEARTBEATS_IN_AN_ELECTION)) < 0) {
            throw new ConfigException("--election-timeout[" + election
                    + "ms] should be at least as 5 times as --heartbeat-interval[" + heartbeat + "ms]");
        }
        if (electionTimeout.compareTo(LONGEST_ELECTION) > 0) {
            throw new ConfigException("--election-timeout[" + election + "ms] is too long, and should be set less than "
                    + LONGEST_ELECTION.toMillis() + "ms");
        }
        if (snapshotCount < 1) {
            throw ConfigException.notAllowed("snapshot-count", snapshotCount, "a number of at least 1");
        }
        if (snapshotCatchUpEntries < 0) {
            throw ConfigException.notAllowed(
                    "snapshot-catchup-entries", snapshotCatchUpEntries, "a number of at least 0");
        }
    }

    public static RaftConfig defaults() {
        return new RaftConfig(Duration.ofMillis(100), Duration.ofSeconds(1), 10_000, 5_000);
    }
}
