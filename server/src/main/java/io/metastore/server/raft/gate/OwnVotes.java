package io.metastore.server.raft.gate;

import io.metastore.server.raft.election.VoteTransport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.util.ProtoUtils;
import org.jspecify.annotations.Nullable;

/// Sends what a candidate asks of others, over our own connections. Ratis's would pause for up to two minutes after
/// failed attempts, and refuse votes meanwhile that a member which is back would give.
///
/// A candidate asks for real votes only when its vote for itself is sure to outlive a power loss. And it waits for
/// answers only as long as its election goes on: whoever ends the election waits until nobody waits for answers.
final class OwnVotes implements InvocationHandler {
    private static final long LOOK_MILLIS = 5;

    private final GrpcServices services;
    private final RaftServer server;
    private final Gate gate;
    private final VoteDirectory votes;

    OwnVotes(GrpcServices services, RaftServer server, Gate gate, VoteDirectory votes) {
        this.services = services;
        this.server = server;
        this.gate = gate;
        this.votes = votes;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (arguments == null || arguments.length != 1 ? method : arguments[0]) {
            case RequestVoteRequestProto request -> vote(request);
            case StartLeaderElectionRequestProto request -> startElection(request);
            default -> Calls.pass(services, method, arguments);
        };
    }

    private RequestVoteReplyProto vote(RequestVoteRequestProto request) throws IOException {
        if (!request.getPreVote()) {
            syncOrFail();
        }
        var division = division(request.getServerRequest());
        var info = division.getInfo();
        var answer = transport().vote(address(request.getServerRequest()), request);
        return withoutOrder(await(
                request.getPreVote() ? answer.orTimeout(preVoteMillis(division), TimeUnit.MILLISECONDS) : answer,
                () -> info.isCandidate() && info.getCurrentTerm() == request.getCandidateTerm()));
    }

    /// A leader orders a candidate that is no member to shut down, and Ratis would, on the spot. Whether
    /// this member was removed is found out by our own question, and then it ends in order.
    private static RequestVoteReplyProto withoutOrder(RequestVoteReplyProto reply) {
        return reply.getShouldShutdown()
                ? reply.toBuilder().setShouldShutdown(false).build()
                : reply;
    }

    /// Nothing is written for such a vote: who does not answer soon is not there. To wait longer for a member that
    /// died would keep this one from seeing that its attempt has failed: it would neither follow another nor try
    /// again.
    private static int preVoteMillis(RaftServer.Division division) {
        return division.properties().minRpcTimeoutMs() / 2;
    }

    private StartLeaderElectionReplyProto startElection(StartLeaderElectionRequestProto request) throws IOException {
        return await(transport().startElection(address(request.getServerRequest()), request), () -> true);
    }

    private VoteTransport transport() {
        return gate.transport();
    }

    private RaftServer.Division division(RaftRpcRequestProto request) throws IOException {
        return server.getDivision(ProtoUtils.toRaftGroupId(request.getRaftGroupId()));
    }

    private String address(RaftRpcRequestProto request) throws IOException {
        var id = RaftPeerId.valueOf(request.getReplyId());
        var peer = division(request).getRaftConf().getPeer(id, RaftPeerRole.FOLLOWER, RaftPeerRole.LISTENER);
        if (peer == null) {
            throw new IOException(id + " is no member");
        }
        return peer.getAddress();
    }

    private static <T> T await(CompletableFuture<T> answer, BooleanSupplier goesOn) throws IOException {
        while (goesOn.getAsBoolean()) {
            try {
                return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // once more, unless it is over
            } catch (ExecutionException e) {
                throw new IOException("no answer: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("the election is over");
            }
        }
        throw new IOException("the election is over");
    }

    private void syncOrFail() throws IOException {
        try {
            votes.sync();
        } catch (IOException e) {
            gate.storageFailed(e);
            throw e;
        }
    }
}
