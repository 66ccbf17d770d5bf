package io.metastore.server.raft.propose;

import java.time.Duration;

/// How entries are formed, and how much may wait.
///
/// @param timeout how long a command waits for its outcome
/// @param maxInFlight entries that are sent and not applied here yet
/// @param secondEntryBytes how much must wait before an entry is sent while another one is in flight
/// @param maxEntryBytes an entry is cut here; a single greater command travels alone
/// @param maxWaitingBytes commands beyond it are refused
public record ProposalLimits(
        Duration timeout, int maxInFlight, int secondEntryBytes, int maxEntryBytes, long maxWaitingBytes) {
    /// Measured figures: with three members on two cores, fewer and fuller entries cost the least per command.
    public static ProposalLimits withTimeout(Duration timeout) {
        return new ProposalLimits(timeout, 4, 32 << 10, 128 << 10, 64L << 20);
    }
}
