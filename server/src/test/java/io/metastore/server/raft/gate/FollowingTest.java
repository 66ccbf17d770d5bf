package io.metastore.server.raft.gate;

import static io.metastore.server.fake.Fakes.fake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.UUID;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.raftlog.memory.MemoryRaftLog;
import org.junit.jupiter.api.Test;

class FollowingTest {
    private static final RaftGroupMemberId MEMBER =
            RaftGroupMemberId.valueOf(RaftPeerId.valueOf("voter"), RaftGroupId.valueOf(new UUID(1, 1)));

    private final MemoryRaftLog log = new MemoryRaftLog(MEMBER, () -> -1, new RaftProperties());
    private final Following following = new Following(server(log));

    @Test
    void aFollowerWithRoomTakesTheNextEntryAtOnce() throws IOException {
        log.open(-1, _ -> {});

        assertThat(following.takesAtOnce(Requests.append(1, 0))).isTrue();
        assertThat(following.takesAtOnce(Requests.append(2, 0)))
                .as("of another term")
                .isFalse();
    }

    @Test
    void aMemberThatEndsTakesNothingAtOnceAndDoesNotFail() throws IOException {
        log.open(-1, _ -> {});
        log.close();
        assertThatThrownBy(log::getNextIndex).isInstanceOf(IllegalStateException.class);

        assertThat(following.takesAtOnce(Requests.append(1, 0))).isFalse();
    }

    private static RaftServer server(RaftLog log) {
        var info = fake(DivisionInfo.class, (_, method, _) -> switch (method.getName()) {
            case "isFollower" -> true;
            case "getLeaderId" -> RaftPeerId.valueOf("leader");
            case "getCurrentTerm" -> 1L;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var division = fake(RaftServer.Division.class, (_, method, _) -> switch (method.getName()) {
            case "getRaftLog" -> log;
            case "getInfo" -> info;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return fake(RaftServer.class, (_, method, _) -> switch (method.getName()) {
            case "getDivision" -> division;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }
}
