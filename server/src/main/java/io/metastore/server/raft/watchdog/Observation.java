package io.metastore.server.raft.watchdog;

import java.util.Map;
import java.util.Set;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.util.LifeCycle;

/// One look at the member.
///
/// @param life of the Raft group here; `CLOSED` when the group is gone
/// @param membership while the member does not lead, of no interest and empty
/// @param space of the volume that holds the log
public record Observation(LifeCycle.State life, boolean leader, Terms terms, Membership membership, Space space) {
    /// The member's term, and the highest one another member has answered with.
    public record Terms(long own, long foreign) {}

    /// Whom the leader should feed, and whom it does.
    ///
    /// @param configured every other member, voters and learners, of the current and the previous configuration
    /// @param silentMillis for each member that has a sender: how long ago it answered last
    /// @param changing whether a change of the configuration runs
    public record Membership(Set<RaftPeerId> configured, Map<RaftPeerId, Long> silentMillis, boolean changing) {
        public static final Membership NONE = new Membership(Set.of(), Map.of(), false);
    }

    /// In bytes.
    public record Space(long free, long total) {}
}
