package io.metastore.server.raft;

import static io.metastore.server.fake.Fakes.fake;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.apply.Position;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.member.RaftPeers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.junit.jupiter.api.Test;

class WitnessRetentionTest {
    private static final long TERM = 3;
    private static final RaftPeer A = peer(1, false);
    private static final RaftPeer B = peer(2, false);
    private static final RaftPeer W = peer(3, true);
    private static final RaftPeer L = peer(4, false);

    private final List<RaftPeer> learners = new ArrayList<>();
    private final Map<RaftPeer, Long> commits = new HashMap<>(Map.of(A, 1000L, B, 1000L));
    private final WitnessRetention retention = new WitnessRetention(division(), 500);

    @Test
    void whatAllWithDataHaveIsLetGo() {
        assertThat(retention.apply(at(900))).isEqualTo(at(900));
        assertThat(retention.apply(at(1000))).isEqualTo(at(1000));
    }

    @Test
    void whatOneOfThemLacksIsKept() {
        commits.put(B, 700L);
        assertThat(retention.apply(at(1000))).isEqualTo(at(700));

        commits.remove(B);
        assertThat(retention.apply(at(400))).as("of B nothing is known").isEqualTo(Position.NONE);
    }

    /// It may vote soon, and then the only one that has all may die.
    @Test
    void whatALearnerLacksIsKept() {
        learners.add(L);
        commits.put(L, 650L);

        assertThat(retention.apply(at(1000))).isEqualTo(at(650));
    }

    /// It would end, and could not start again, for want of memory.
    @Test
    void noMoreIsKeptThanThereIsMemoryFor() {
        commits.put(B, 100L);

        assertThat(retention.apply(at(1000))).isEqualTo(at(500));
        assertThat(retention.apply(at(600))).isEqualTo(at(100));
    }

    private static Position at(long index) {
        return new Position(TERM, index);
    }

    private static RaftPeer peer(long id, boolean witness) {
        var member = new Member(new MemberId(id), "m", List.of("http://m" + id + ":1"), List.of(), false, witness);
        return RaftPeers.peer(member, "m" + id + ":1");
    }

    private RaftServer.Division division() {
        var configuration = fake(RaftConfiguration.class, (_, method, arguments) -> switch (method.getName()) {
            case "getAllPeers" -> arguments[0] == RaftPeerRole.FOLLOWER ? List.of(A, B, W) : List.copyOf(learners);
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var log = fake(RaftLog.class, (_, method, arguments) -> switch (method.getName()) {
            case "getTermIndex" -> TermIndex.valueOf(TERM, (long) arguments[0]);
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return fake(RaftServer.Division.class, (_, method, _) -> switch (method.getName()) {
            case "getRaftConf" -> configuration;
            case "getRaftLog" -> log;
            case "getCommitInfos" -> infos();
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private List<CommitInfoProto> infos() {
        return commits.entrySet().stream()
                .map(commit -> CommitInfoProto.newBuilder()
                        .setServer(commit.getKey().getRaftPeerProto())
                        .setCommitIndex(commit.getValue())
                        .build())
                .toList();
    }
}
