package io.metastore.server.raft.gate;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.exceptions.RaftException;
import org.apache.ratis.protocol.exceptions.ServerNotReadyException;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/// Stands between the network and the Raft server.
///
/// It lets appends that carry entries, real votes, forced elections and snapshot messages pass one at a time. Ratis
/// checks the leader's term under its lock, but appends outside of it; without the door a vote for a newer leader may
/// be granted in between, and the append is then acknowledged to the old leader all the same: an acknowledged write
/// is lost. Pre-votes and heartbeats add nothing to the log and are not held up.
///
/// It refuses all other calls of Ratis, the client's and the administrator's among them, which ask for no
/// authentication: our own are made in the process and do not pass here. And it keeps a granted vote back until the
/// vote is sure to outlive a power loss.
final class Door implements InvocationHandler, RaftCalls {
    /// What the transport asks of the server it belongs to.
    private static final Set<Class<?>> OWN = Set.of(RaftServer.class, Object.class, RpcType.Get.class);

    private final RaftServer server;
    private final Gate gate;
    private final VoteDirectory votes;
    private final FlushedReplies flushed;
    private final Following following;
    private final Aside appends = new Aside();
    private final Aside heartbeats = new Aside();
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Door(RaftServer server, Gate gate, VoteDirectory votes) {
        this.server = server;
        this.gate = gate;
        this.votes = votes;
        this.flushed = new FlushedReplies(server);
        this.following = new Following(server);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (OWN.contains(method.getDeclaringClass())) {
            return Calls.pass(server, method, arguments);
        }
        return switch (arguments == null || arguments.length == 0 ? method : arguments[0]) {
            case RequestVoteRequestProto request -> vote(request);
            case StartLeaderElectionRequestProto request -> startElection(request);
            default -> refused(method);
        };
    }

    private RequestVoteReplyProto vote(RequestVoteRequestProto request) throws IOException {
        admit("requestVote", request.getServerRequest());
        if (request.getPreVote()) {
            return server.requestVote(request);
        }
        return oneAtATime(() -> {
            var reply = server.requestVote(request);
            if (reply.getServerReply().getSuccess()) {
                votes.sync();
            }
            return reply;
        });
    }

    private StartLeaderElectionReplyProto startElection(StartLeaderElectionRequestProto request) throws IOException {
        admit("startLeaderElection", request.getServerRequest());
        return holdElection(request);
    }

    @Override
    public StartLeaderElectionReplyProto holdElection(StartLeaderElectionRequestProto request) throws IOException {
        return oneAtATime(() -> server.startLeaderElection(request));
    }

    @Override
    public CompletableFuture<AppendEntriesReplyProto> append(AppendEntriesRequestProto request) throws IOException {
        admit("append", request.getServerRequest());
        return request.getEntriesCount() == 0
                ? append(request, heartbeats, () -> server.appendEntriesAsync(request))
                : append(request, appends, () -> oneAtATime(() -> server.appendEntriesAsync(request)))
                        .thenCompose(reply -> flushed.hold(request.getServerRequest(), reply));
    }

    /// The thread that calls carries all other messages too, so it must not wait: what may have to, and what
    /// comes after it, is done aside.
    private CompletableFuture<AppendEntriesReplyProto> append(
            AppendEntriesRequestProto request, Aside aside, Aside.Call<AppendEntriesReplyProto> call)
            throws IOException {
        if (!aside.isBusy() && following.takesAtOnce(request) && oneAtATime.tryLock()) {
            try {
                return call.make();
            } finally {
                oneAtATime.unlock();
            }
        }
        return aside.make(call);
    }

    @Override
    public InstallSnapshotReplyProto install(InstallSnapshotRequestProto request) throws IOException {
        admit("install", request.getServerRequest());
        return oneAtATime(() -> server.installSnapshot(request));
    }

    /// Nobody answers for another member: the caller would count two where there is one. And nobody follows a member
    /// that does not belong to the cluster any more.
    private void admit(String method, RaftRpcRequestProto request) throws IOException {
        if (!request.getReplyId().equals(server.getId().toByteString())) {
            throw new ServerNotReadyException(
                    method + " is for " + request.getReplyId().toStringUtf8() + ", this is " + server.getId());
        }
        var caller = request.getRequestorId().toStringUtf8();
        gate.filter().admit(method, caller);
        if (gate.isOutsider(caller)) {
            throw new ServerNotReadyException(
                    method + " of " + caller + " is refused: it does not belong to the cluster of " + server.getId());
        }
    }

    /// Fails the future where there is one: not every such method may throw, and the caller shall see why.
    private static Object refused(Method method) throws IOException {
        var refusal = new IOException(method.getName() + " is refused on the peer port");
        if (method.getReturnType().equals(CompletableFuture.class)) {
            return CompletableFuture.failedFuture(refusal);
        }
        throw refusal;
    }

    private interface Call<T> {
        T make() throws IOException;
    }

    private <T> T oneAtATime(Call<T> call) throws IOException {
        oneAtATime.lock();
        try {
            return call.make();
        } catch (RaftException e) {
            throw e;
        } catch (IOException e) {
            // The term, the vote or the entries may be in memory only: what this member answers next could be wrong.
            gate.storageFailed(e);
            throw e;
        } finally {
            oneAtATime.unlock();
        }
    }
}
