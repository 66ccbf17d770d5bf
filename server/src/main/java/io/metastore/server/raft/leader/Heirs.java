package io.metastore.server.raft.leader;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/// Who may lead instead of this member.
public final class Heirs {
    private Heirs() {}

    /// Of the voters with the highest priority the one that answered last, if that was less than
    /// `recentMillis` ago. A witness has a lower one. Ratis has senders for learners as well, but refuses to
    /// hand leadership to them, or to a voter of a lower priority.
    public static Optional<RaftPeerId> best(RaftServer.Division division, long recentMillis) {
        var silence = silence(division);
        var voters = division.getRaftConf().getCurrentPeers();
        int highest = voters.stream().mapToInt(RaftPeer::getPriority).max().orElse(0);
        return voters.stream()
                .filter(peer -> peer.getPriority() == highest)
                .map(RaftPeer::getId)
                .filter(peer -> silence.getOrDefault(peer, Long.MAX_VALUE) < recentMillis)
                .min(Comparator.comparing(silence::get));
    }

    private static Map<RaftPeerId, Long> silence(RaftServer.Division division) {
        var silence = new HashMap<RaftPeerId, Long>();
        for (var peer : division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList()) {
            silence.put(RaftPeerId.valueOf(peer.getId().getId()), peer.getLastRpcElapsedTimeMs());
        }
        return silence;
    }
}
