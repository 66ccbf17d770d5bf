package io.metastore.server.raft.propose;

import java.time.Duration;

/// How entries are formed, and how much may wait.
///
/// @param timeout how long a command waits for its outcome
/// @param maxInFlight entries that are sent and not applied here yet
/// @param secondEntryBytes how much must wait before an entry is sent while another one is in flight
/// @param maxEntryBytes an entry is cut here; a single greater command travels alone
/// @param maxCommandBytes a greater command is refused at once; a leader with a lower limit refuses it later
/// @param maxWaitingBytes commands beyond it are refused
public record ProposalLimits(
        Duration timeout,
        int maxInFlight,
        int secondEntryBytes,
        int maxEntryBytes,
        int maxCommandBytes,
        long maxWaitingBytes) {
    /// The format and the stamp of an entry, the frame of its only command and its own in a group: 61 bytes at most.
    static final int FRAME_BYTES = 64;

    /// Measured figures: with three members on two cores, fewer and fuller entries cost the least per command.
    ///
    /// @param greatestEntryBytes what this member takes at most when it leads
    public static ProposalLimits standard(Duration timeout, int greatestEntryBytes) {
        return new ProposalLimits(timeout, 4, 32 << 10, 128 << 10, maxCommandBytes(greatestEntryBytes), 64L << 20);
    }

    /// The greatest command that an entry of this size can carry.
    static int maxCommandBytes(int entryBytes) {
        return entryBytes - FRAME_BYTES;
    }
}
