package io.metastore.server.raft.watchdog;

import java.time.Duration;

/// When a watchdog acts.
///
/// @param peerSilence how long a peer may not answer the leader before its connection is made anew
/// @param kickPause for how long the same peer is then left alone
/// @param diskStall how long a write to the log may be under way, and a look at the log may take
/// @param deposed how long a member may lead after another one has answered with a higher term
/// @param lostSender how long the leader may not feed a member of the configuration
/// @param leadershipPause how long a transfer of leadership may take effect before it is asked for again
/// @param minimumFree which part of the log's volume must be free, 0 to 1
/// @param paused how long the Raft group may be paused
public record WatchdogLimits(
        Duration peerSilence,
        Duration kickPause,
        Duration diskStall,
        Duration deposed,
        Duration lostSender,
        Duration leadershipPause,
        double minimumFree,
        Duration paused) {
    /// The limits for a cluster with this election timeout. To a new leader every peer seems to have been silent
    /// for that long already, since Ratis counts so; a peer is not given up for it.
    ///
    /// @param longestElection the upper bound of Ratis's election timeout, `raft.server.rpc.timeout.max`
    public static WatchdogLimits standard(Duration longestElection) {
        var peerSilence = longest(Duration.ofSeconds(5), longestElection.multipliedBy(2));
        return new WatchdogLimits(
                peerSilence,
                peerSilence.multipliedBy(3),
                Duration.ofSeconds(4),
                longestElection.multipliedBy(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                0.05,
                Duration.ofSeconds(30));
    }

    private static Duration longest(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
