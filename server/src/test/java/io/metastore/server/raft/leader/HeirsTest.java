package io.metastore.server.raft.leader;

import static io.metastore.server.fake.Fakes.fake;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.LeaderInfoProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.junit.jupiter.api.Test;

class HeirsTest {
    private final List<RaftPeer> voters = new ArrayList<>();
    private final LeaderInfoProto.Builder heard = LeaderInfoProto.newBuilder();

    @Test
    void theVoterThatAnsweredLastIsTheHeir() {
        voter("a", 1, 300);
        voter("b", 1, 100);
        voter("c", 1, 200);

        assertThat(Heirs.best(division(), 1_000)).contains(RaftPeerId.valueOf("b"));
    }

    /// Ratis refuses it, and a planned stop would cost an election timeout.
    @Test
    void aLearnerIsNoHeirThoughItAnsweredLast() {
        voter("a", 1, 300);
        heard("learner", 0);

        assertThat(Heirs.best(division(), 1_000)).contains(RaftPeerId.valueOf("a"));
    }

    @Test
    void aVoterOfALowerPriorityIsNoHeirThoughItAnsweredLast() {
        voter("data", 1, 300);
        voter("witness", 0, 0);

        assertThat(Heirs.best(division(), 1_000)).contains(RaftPeerId.valueOf("data"));
    }

    @Test
    void whoIsSilentIsNoHeir() {
        voter("a", 1, 1_000);
        voters.add(peer("never heard", 1));

        assertThat(Heirs.best(division(), 1_000)).isEmpty();
    }

    private void voter(String id, int priority, long silentMillis) {
        voters.add(peer(id, priority));
        heard(id, silentMillis);
    }

    private void heard(String id, long silentMillis) {
        heard.addFollowerInfo(ServerRpcProto.newBuilder()
                .setId(peer(id, 0).getRaftPeerProto())
                .setLastRpcElapsedTimeMs(silentMillis));
    }

    private static RaftPeer peer(String id, int priority) {
        return RaftPeer.newBuilder().setId(id).setPriority(priority).build();
    }

    private RaftServer.Division division() {
        var role = RoleInfoProto.newBuilder().setLeaderInfo(heard).build();
        var info = fake(DivisionInfo.class, (_, method, _) -> switch (method.getName()) {
            case "getRoleInfoProto" -> role;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var configuration = fake(RaftConfiguration.class, (_, method, _) -> switch (method.getName()) {
            case "getCurrentPeers" -> voters;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return fake(RaftServer.Division.class, (_, method, _) -> switch (method.getName()) {
            case "getInfo" -> info;
            case "getRaftConf" -> configuration;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }
}
