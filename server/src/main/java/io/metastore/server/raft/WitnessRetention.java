package io.metastore.server.raft;

import io.metastore.server.apply.Position;
import io.metastore.server.raft.member.RaftPeers;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/// What a witness keeps of its log: all that a member with data may still lack. Were it to let go of entries, and the
/// only member that has them died, nobody could give them to the other one: it has no state to send in their place.
record WitnessRetention(RaftServer.Division division) implements UnaryOperator<Position> {
    @Override
    public Position apply(Position durable) {
        var commits = division.getCommitInfos().stream()
                .collect(Collectors.toMap(
                        commit -> RaftPeerId.valueOf(commit.getServer().getId()),
                        CommitInfoProto::getCommitIndex,
                        Math::max));
        long kept = division.getRaftConf().getAllPeers().stream()
                .filter(peer -> !RaftPeers.isWitness(peer))
                .map(org.apache.ratis.protocol.RaftPeer::getId)
                .mapToLong(peer -> commitOf(commits, peer))
                .min()
                .orElse(0);
        if (kept >= durable.index()) {
            return durable;
        }
        var entry = kept > 0 ? division.getRaftLog().getTermIndex(kept) : null;
        return entry == null ? Position.NONE : new Position(entry.getTerm(), entry.getIndex());
    }

    /// Of one that told nothing it lacks everything.
    private static long commitOf(Map<RaftPeerId, Long> commits, RaftPeerId member) {
        return commits.getOrDefault(member, 0L);
    }
}
