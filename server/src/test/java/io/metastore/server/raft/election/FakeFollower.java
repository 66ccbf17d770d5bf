package io.metastore.server.raft.election;

import static io.metastore.server.fake.Fakes.fake;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.FollowerInfoProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.DivisionProperties;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;

/// What an election clock looks at in a member of Ratis, under the control of a test, and what it asks of others.
final class FakeFollower implements VoteTransport, ElectionClock.Election {
    volatile boolean follows = true;
    volatile String leader = "b";
    volatile long term = 7;
    volatile long lastTerm = 7;
    volatile long silentMillis;
    volatile int outstanding;
    volatile Optional<IOException> failing = Optional.empty();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    final List<StartLeaderElectionRequestProto> elections = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final RaftPeerId self;
    private final RaftGroupId group = RaftGroupId.randomId();
    private final List<RaftPeer> voters =
            Stream.of("c", "a", "b").map(FakeFollower::peer).toList();

    /// A question that is open until the test answers it.
    record Asked(String address, RequestVoteRequestProto request, CompletableFuture<RequestVoteReplyProto> answer) {}

    FakeFollower(String self) {
        this.self = RaftPeerId.valueOf(self);
    }

    ElectionClock clock() {
        return new ElectionClock(division(), this, this, Runnable::run, nanos::get);
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public CompletableFuture<RequestVoteReplyProto> vote(String address, RequestVoteRequestProto request) {
        var answer = new CompletableFuture<RequestVoteReplyProto>();
        asked.add(new Asked(address, request, answer));
        return answer;
    }

    @Override
    public CompletableFuture<StartLeaderElectionReplyProto> startElection(
            String address, StartLeaderElectionRequestProto request) {
        throw new AssertionError("election at " + address);
    }

    @Override
    public StartLeaderElectionReplyProto hold(StartLeaderElectionRequestProto request) throws IOException {
        elections.add(request);
        if (elections.size() == 1 && failing.isPresent()) {
            throw failing.orElseThrow();
        }
        return StartLeaderElectionReplyProto.getDefaultInstance();
    }

    private static RaftPeer peer(String id) {
        return RaftPeer.newBuilder().setId(id).setAddress(id + ":1").build();
    }

    private RaftServer.Division division() {
        var info = fake(DivisionInfo.class, (_, method, _) -> switch (method.getName()) {
            case "isFollower" -> follows;
            case "getLeaderId" -> RaftPeerId.valueOf(leader);
            case "getCurrentTerm" -> term;
            case "getRoleInfoProto" -> role();
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var times = fake(DivisionProperties.class, (_, method, _) -> switch (method.getName()) {
            case "minRpcTimeoutMs" -> 600;
            case "maxRpcTimeoutMs" -> 1_200;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var log = fake(RaftLog.class, (_, method, _) -> switch (method.getName()) {
            case "getLastEntryTermIndex" -> TermIndex.valueOf(lastTerm, 41);
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var configuration = fake(RaftConfiguration.class, (_, method, _) -> switch (method.getName()) {
            case "getCurrentPeers", "getAllPeers" -> voters;
            case "getPreviousPeers" -> List.of();
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return fake(RaftServer.Division.class, (_, method, _) -> switch (method.getName()) {
            case "getInfo" -> info;
            case "properties" -> times;
            case "getRaftLog" -> log;
            case "getRaftConf" -> configuration;
            case "getId" -> self;
            case "getMemberId" -> RaftGroupMemberId.valueOf(self, group);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private RoleInfoProto role() {
        return RoleInfoProto.newBuilder()
                .setFollowerInfo(FollowerInfoProto.newBuilder()
                        .setOutstandingOp(outstanding)
                        .setLeaderInfo(ServerRpcProto.newBuilder().setLastRpcElapsedTimeMs(silentMillis)))
                .build();
    }
}
