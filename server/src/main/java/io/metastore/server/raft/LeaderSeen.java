package io.metastore.server.raft;

import io.metastore.server.raft.metric.RaftMeter;
import java.util.Optional;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/// Counts changes of the leader: that there is none for a while, and then the same one, is no change. One thread at a
/// time.
final class LeaderSeen {
    private final RaftServer.Division division;
    private final RaftMeter meter;
    private Optional<RaftPeerId> last = Optional.empty();

    LeaderSeen(RaftServer.Division division, RaftMeter meter) {
        this.division = division;
        this.meter = meter;
    }

    void look() {
        var leader = Optional.ofNullable(division.getInfo().getLeaderId());
        if (leader.isPresent() && !leader.equals(last)) {
            last = leader;
            meter.leaderChanged();
        }
    }
}
