package io.metastore.server.raft.member;

import static io.metastore.server.fake.Fakes.fake;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.junit.jupiter.api.Test;

class OutsidersTest {
    private static final MemberId SELF = new MemberId(1);
    private static final MemberId OTHER = new MemberId(2);
    private static final MemberId THIRD = new MemberId(3);

    private Membership table = Membership.NONE;
    private List<MemberId> voters = List.of(SELF, OTHER);
    private final Outsiders outsiders = new Outsiders(division(), () -> table);

    @Test
    void whoBelongsToTheClusterIsNone() {
        assertThat(outsiders.test(OTHER)).isFalse();
    }

    /// It may be behind, and not know yet who was added since.
    @Test
    void neitherIsAMemberThatIsNotKnownYet() {
        assertThat(outsiders.test(THIRD)).isFalse();
    }

    @Test
    void whoWasRemovedIsOneOnceTheConfigurationHasFollowed() {
        table = Membership.NONE.without(OTHER);
        assertThat(outsiders.test(OTHER)).as("it may still lead").isFalse();

        voters = List.of(SELF, THIRD);
        assertThat(outsiders.test(OTHER)).isTrue();
        assertThat(outsiders.test(THIRD)).isFalse();
    }

    @Test
    void toAMemberThatVotesAloneEverybodyIs() {
        voters = List.of(SELF);
        assertThat(outsiders.test(OTHER)).isTrue();

        voters = List.of(SELF, THIRD);
        assertThat(outsiders.test(OTHER)).isFalse();
    }

    @Test
    void toAMemberThatKnowsOfNobodyNobodyIs() {
        voters = List.of();
        assertThat(outsiders.test(OTHER)).isFalse();

        voters = List.of(OTHER);
        assertThat(outsiders.test(OTHER)).isFalse();
    }

    private RaftServer.Division division() {
        var log = fake(RaftLog.class, (_, _, _) -> 10L);
        return fake(RaftServer.Division.class, (_, method, _) -> switch (method.getName()) {
            case "getRaftConf" -> configuration(voters);
            case "getRaftLog" -> log;
            case "getId" -> RaftPeers.id(SELF);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static RaftConfiguration configuration(List<MemberId> voters) {
        var peers = voters.stream().map(OutsidersTest::peer).toList();
        return fake(RaftConfiguration.class, (_, method, arguments) -> switch (method.getName()) {
            case "getAllPeers" -> arguments[0] == RaftPeerRole.FOLLOWER ? peers : List.of();
            case "getPreviousPeers" -> List.of();
            case "getLogEntryIndex" -> 5L;
            case "equals" -> false;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static RaftPeer peer(MemberId id) {
        return RaftPeers.peer(Member.unstarted(id, List.of("http://m:1"), false), "m:1");
    }
}
