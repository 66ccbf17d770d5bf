package io.metastore.server.raft.gate;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.exceptions.RaftException;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.RaftServerAsynchronousProtocol;
import org.apache.ratis.server.protocol.RaftServerProtocol;
import org.jspecify.annotations.Nullable;

/// Stands between the network and the Raft server.
///
/// It lets appends that carry entries, real votes, forced elections and snapshot messages pass one at a time.
/// Ratis checks the leader's term under its lock, but appends outside of it; without the door a vote for a
/// newer leader may be granted in between, and the append is then acknowledged to the old leader all the same:
/// an acknowledged write is lost. Pre-votes and heartbeats add nothing to the log and are not held up.
///
/// It refuses Ratis's client and administration calls, which ask for no authentication: our own are made in the
/// process and do not pass here. And it keeps a granted vote back until the vote is sure to outlive a power
/// loss.
final class Door implements InvocationHandler {
    private static final Set<Class<?>> OPEN = Set.of(
            RaftServer.class,
            Object.class,
            RpcType.Get.class,
            RaftServerProtocol.class,
            RaftServerAsynchronousProtocol.class);

    private final RaftServer server;
    private final Gate gate;
    private final VoteDirectory votes;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    Door(RaftServer server, Gate gate, VoteDirectory votes) {
        this.server = server;
        this.gate = gate;
        this.votes = votes;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (!OPEN.contains(method.getDeclaringClass())) {
            return refused(method);
        }
        if (arguments == null || arguments.length == 0) {
            return Calls.pass(server, method, arguments);
        }
        var sender = sender(arguments[0]);
        if (sender != null) {
            gate.filter().admit(method.getName(), sender);
        }
        return isGated(arguments[0]) ? oneAtATime(method, arguments) : Calls.pass(server, method, arguments);
    }

    /// Fails the future where there is one: not every such method may throw, and the caller shall see why.
    private static Object refused(Method method) throws IOException {
        var refusal = new IOException(method.getName() + " is refused on the peer port");
        if (method.getReturnType().equals(CompletableFuture.class)) {
            return CompletableFuture.failedFuture(refusal);
        }
        throw refusal;
    }

    private @Nullable Object oneAtATime(Method method, Object[] arguments) throws Throwable {
        oneAtATime.lock();
        try {
            var reply = Calls.pass(server, method, arguments);
            if (reply instanceof RequestVoteReplyProto vote
                    && vote.getServerReply().getSuccess()) {
                votes.sync();
            }
            return reply;
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

    private static boolean isGated(Object request) {
        return switch (request) {
            case AppendEntriesRequestProto append -> append.getEntriesCount() > 0;
            case RequestVoteRequestProto vote -> !vote.getPreVote();
            case StartLeaderElectionRequestProto _, InstallSnapshotRequestProto _ -> true;
            default -> false;
        };
    }

    private static @Nullable String sender(Object request) {
        return switch (request) {
            case AppendEntriesRequestProto append -> name(append.getServerRequest());
            case RequestVoteRequestProto vote -> name(vote.getServerRequest());
            case StartLeaderElectionRequestProto election -> name(election.getServerRequest());
            case InstallSnapshotRequestProto install -> name(install.getServerRequest());
            default -> null;
        };
    }

    private static String name(RaftRpcRequestProto request) {
        return request.getRequestorId().toStringUtf8();
    }
}
