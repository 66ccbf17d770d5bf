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

    /// The voter of the highest priority that answered last, if that was less than `recentMillis` ago, and is no
    /// witness. Ratis has senders for learners as well, but refuses to hand leadership to them, or to a voter of a
    /// lower priority.
    public static Optional<RaftPeerId> best(RaftServer.Division division, long recentMillis) {
        var silence = silence(division);
        return division.getRaftConf().getCurrentPeers().stream()
                .filter(peer -> peer.getPriority() > 0)
                .filter(peer -> silence.getOrDefault(peer.getId(), Long.MAX_VALUE) < recentMillis)
                .max(Comparator.comparingInt(RaftPeer::getPriority)
                        .thenComparing(peer -> silence.getOrDefault(peer.getId(), 0L), Comparator.reverseOrder()))
                .map(RaftPeer::getId);
    }

    private static Map<RaftPeerId, Long> silence(RaftServer.Division division) {
        var silence = new HashMap<RaftPeerId, Long>();
        for (var peer : division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList()) {
            silence.put(RaftPeerId.valueOf(peer.getId().getId()), peer.getLastRpcElapsedTimeMs());
        }
        return silence;
    }
}
