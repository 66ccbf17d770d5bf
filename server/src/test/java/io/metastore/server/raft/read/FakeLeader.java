package io.metastore.server.raft.read;

import static io.metastore.server.fake.Fakes.fake;

import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;

/// The few things that a round of confirmations looks at in a member of Ratis, under the control of a test. The
/// member is called "self"; everybody's address is its id.
final class FakeLeader {
    volatile long term = 5;
    volatile boolean ready = true;
    volatile long committed = 100;
    private volatile List<RaftPeer> current;
    private volatile List<RaftPeer> previous = List.of();

    FakeLeader(String... voters) {
        current = peers(voters);
    }

    /// A change of the configuration is under way: from `from` to the present one.
    void changingFrom(String... from) {
        previous = peers(from);
    }

    RaftServer.Division division() {
        var self = RaftPeerId.valueOf("self");
        var info = fake(DivisionInfo.class, (_, method, _) -> switch (method.getName()) {
            case "getCurrentTerm" -> term;
            case "isLeaderReady" -> ready;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var log = fake(RaftLog.class, (_, method, _) -> switch (method.getName()) {
            case "getLastCommittedIndex" -> committed;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var configuration = fake(RaftConfiguration.class, (_, method, _) -> switch (method.getName()) {
            case "getCurrentPeers" -> current;
            case "getPreviousPeers" -> previous;
            case "getAllPeers" ->
                Stream.concat(current.stream(), previous.stream()).distinct().toList();
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return fake(RaftServer.Division.class, (_, method, _) -> switch (method.getName()) {
            case "getInfo" -> info;
            case "getRaftLog" -> log;
            case "getRaftConf" -> configuration;
            case "getId" -> self;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static List<RaftPeer> peers(String... ids) {
        return Stream.of(ids)
                .map(id -> RaftPeer.newBuilder().setId(id).setAddress(id).build())
                .toList();
    }
}
