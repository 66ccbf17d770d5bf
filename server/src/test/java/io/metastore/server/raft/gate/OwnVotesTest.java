package io.metastore.server.raft.gate;

import static io.metastore.server.fake.Fakes.fake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.RaftProtos.RaftRpcReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.DivisionProperties;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A candidate of term 2 asks a voter that does not answer.
@Timeout(20)
class OwnVotesTest {
    private final CompletableFuture<RequestVoteReplyProto> answer = new CompletableFuture<>();
    private final CompletableFuture<String> asked = new CompletableFuture<>();
    private volatile boolean candidate = true;
    private volatile long term = 2;
    private volatile int leastTimeoutMillis = 60_000;

    @Test
    void theVoterIsAskedAtItsAddressAndItsAnswerIsTheCandidates() throws Exception {
        var granted = RequestVoteReplyProto.newBuilder()
                .setServerReply(RaftRpcReplyProto.newBuilder().setSuccess(true))
                .build();
        answer.complete(granted);

        assertThat(ask()).isEqualTo(granted);
        assertThat(asked).isCompletedWithValue("voter:1");
    }

    /// Whoever ends an election waits for it: a voter that hangs would hold up the first append of the next leader.
    @Test
    void anElectionThatIsCalledOffWaitsForNobody() throws Exception {
        var asking = start();
        asked.join();
        assertThat(asking.isDone()).isFalse();
        candidate = false;

        assertThatThrownBy(() -> asking.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("the election is over");
    }

    @Test
    void anElectionOfAnEarlierTermWaitsForNobody() {
        var asking = start();
        asked.join();
        term = 3;

        assertThatThrownBy(() -> asking.get(10, TimeUnit.SECONDS)).hasRootCauseMessage("the election is over");
    }

    @Test
    void aPreVoteWaitsOnlyForThoseWhoAnswerSoon() {
        leastTimeoutMillis = 20;

        assertThatThrownBy(this::ask).isInstanceOf(IOException.class).hasMessageContaining("TimeoutException");
    }

    @Test
    void whatTheVoterFailsWithIsAFailure() {
        answer.completeExceptionally(new IllegalStateException("the voter is starting"));

        assertThatThrownBy(this::ask).isInstanceOf(IOException.class).hasMessageContaining("the voter is starting");
    }

    private FutureTask<RequestVoteReplyProto> start() {
        var asking = new FutureTask<>(this::ask);
        Thread.ofPlatform().daemon().start(asking);
        return asking;
    }

    private RequestVoteReplyProto ask() throws IOException {
        var transport = fake(PeerTransport.class, (_, method, arguments) -> switch (method.getName()) {
            case "vote" -> {
                asked.complete((String) arguments[0]);
                yield answer;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var inner = fake(GrpcServices.class, (_, method, _) -> {
            throw new AssertionError(method.getName());
        });
        var server = server();
        var votes = new OwnVotes(
                inner,
                server,
                new Gate(PeerFilter.OPEN, transport, failure -> {
                    throw new AssertionError(failure);
                }),
                new VoteDirectory(server));
        return fake(GrpcServices.class, votes).requestVote(Requests.vote(2, 0, true));
    }

    private RaftServer server() {
        var info = fake(DivisionInfo.class, (_, method, _) -> switch (method.getName()) {
            case "isCandidate" -> candidate;
            case "getCurrentTerm" -> term;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var configuration = fake(RaftConfiguration.class, (_, method, arguments) -> switch (method.getName()) {
            case "getPeer" ->
                RaftPeer.newBuilder()
                        .setId((RaftPeerId) arguments[0])
                        .setAddress(arguments[0] + ":1")
                        .build();
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var properties = fake(DivisionProperties.class, (_, method, _) -> switch (method.getName()) {
            case "minRpcTimeoutMs" -> leastTimeoutMillis;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var division = fake(RaftServer.Division.class, (_, method, _) -> switch (method.getName()) {
            case "getInfo" -> info;
            case "properties" -> properties;
            case "getRaftConf" -> configuration;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return fake(RaftServer.class, (_, method, _) -> switch (method.getName()) {
            case "getDivision" -> division;
            case "getGroupIds" -> List.of();
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }
}
