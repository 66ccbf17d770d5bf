package io.metastore.server.raft;

import io.metastore.server.apply.Position;
import io.metastore.server.raft.member.RaftPeers;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a witness keeps of its log: all that a member with data may still lack. Were it to let go of entries, and the
/// only member that has them died, nobody could give them to the other one: it has no state to send in their place.
///
/// But not more than it has memory for, since Ratis notes each entry on the heap: a witness that ends for
/// want of memory takes the majority along when a member with data is away already. What it lets go of, that
/// member gets from the other one.
final class WitnessRetention implements UnaryOperator<Position> {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessRetention.class);
    /// What an entry takes on the heap is about 240 bytes; a third of the heap is for that.
    private static final int HEAP_FOR_AN_ENTRY = 3 * 256;

    private final RaftServer.Division division;
    private final long most;
    private boolean told;

    WitnessRetention(RaftServer.Division division) {
        this(division, Runtime.getRuntime().maxMemory() / HEAP_FOR_AN_ENTRY);
    }

    /// @param most entries that are kept for members that lack them
    WitnessRetention(RaftServer.Division division, long most) {
        this.division = division;
        this.most = most;
    }

    @Override
    public synchronized Position apply(Position durable) {
        long lacked = committedByAll();
        long kept = Math.max(lacked, durable.index() - most);
        tell(kept > lacked && lacked < durable.index(), kept);
        if (kept >= durable.index()) {
            return durable;
        }
        var entry = kept > 0 ? division.getRaftLog().getTermIndex(kept) : null;
        return entry == null ? Position.NONE : new Position(entry.getTerm(), entry.getIndex());
    }

    private void tell(boolean letsGo, long kept) {
        if (letsGo && !told) {
            LOG.atError()
                    .addKeyValue("index", kept)
                    .log("a member has been away for longer than this witness has memory for: until it is back, or "
                            + "removed, the other one must not be lost");
        }
        told = letsGo;
    }

    /// The newest entry that all have committed who hold data, or will: learners too.
    long committedByAll() {
        var commits = division.getCommitInfos().stream()
                .collect(Collectors.toMap(
                        commit -> RaftPeerId.valueOf(commit.getServer().getId()),
                        CommitInfoProto::getCommitIndex,
                        Math::max));
        var configuration = division.getRaftConf();
        return Stream.of(RaftPeerRole.FOLLOWER, RaftPeerRole.LISTENER)
                .flatMap(role -> configuration.getAllPeers(role).stream())
                .filter(peer -> !RaftPeers.isWitness(peer))
                .map(RaftPeer::getId)
                .mapToLong(peer -> commitOf(commits, peer))
                .min()
                .orElse(0);
    }

    /// Of one that told nothing it lacks everything.
    private static long commitOf(Map<RaftPeerId, Long> commits, RaftPeerId member) {
        return commits.getOrDefault(member, 0L);
    }
}
