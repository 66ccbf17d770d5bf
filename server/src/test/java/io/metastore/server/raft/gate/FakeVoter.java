package io.metastore.server.raft.gate;

import static io.metastore.server.fake.Fakes.fake;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionReplyProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.jspecify.annotations.Nullable;

/// A voter that decides as Ratis's does: over the term under its lock, and over the log outside of it. What comes in
/// between can be held up.
final class FakeVoter implements InvocationHandler {
    private final List<LogEntryProto> log = new ArrayList<>();
    private long term;
    private boolean follows = true;
    private Step beforeAppend = () -> {};
    private Step beforeVote = () -> {};

    /// Something that is done, or waited for, in the middle of a call.
    interface Step {
        void take() throws Exception;
    }

    FakeVoter(long term) {
        this.term = term;
    }

    /// The voter as Ratis's server, without a door.
    RaftServer server() {
        return (RaftServer)
                Proxy.newProxyInstance(FakeVoter.class.getClassLoader(), new Class<?>[] {RaftServer.class}, this);
    }

    /// It is a candidate itself.
    void seeksVotes() {
        follows = false;
    }

    synchronized List<Long> indices() {
        return log.stream().map(LogEntryProto::getIndex).toList();
    }

    /// What happens after an append's term was found good, and before its entries are in the log.
    void beforeAppend(Step step) {
        beforeAppend = step;
    }

    /// What happens before a vote is decided over.
    void beforeVote(Step step) {
        beforeVote = step;
    }

    private synchronized long term() {
        return term;
    }

    synchronized long lastIndex() {
        return log.isEmpty() ? 0 : log.getLast().getIndex();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "appendEntriesAsync" -> append((AppendEntriesRequestProto) arguments[0]);
            case "requestVote" -> vote((RequestVoteRequestProto) arguments[0]);
            case "startLeaderElection" -> StartLeaderElectionReplyProto.getDefaultInstance();
            case "installSnapshot" -> InstallSnapshotReplyProto.getDefaultInstance();
            case "getId" -> RaftPeerId.valueOf("voter");
            case "getGroupIds" -> List.of();
            case "getDivision" -> division();
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    /// Its log is on disk as soon as it is in memory.
    private RaftServer.Division division() {
        var log = fake(RaftLog.class, (_, method, _) -> switch (method.getName()) {
            case "getFlushIndex" -> Long.MAX_VALUE;
            case "getNextIndex" -> lastIndex() + 1;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var info = fake(DivisionInfo.class, (_, method, _) -> switch (method.getName()) {
            case "isFollower" -> follows;
            case "isListener" -> false;
            case "getLeaderId" -> RaftPeerId.valueOf("leader");
            case "getCurrentTerm" -> term();
            default -> throw new UnsupportedOperationException(method.getName());
        });
        return fake(RaftServer.Division.class, (_, method, _) -> switch (method.getName()) {
            case "getRaftLog" -> log;
            case "getInfo" -> info;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private CompletableFuture<AppendEntriesReplyProto> append(AppendEntriesRequestProto request) throws Exception {
        synchronized (this) {
            if (request.getLeaderTerm() < term) {
                return reply(AppendResult.NOT_LEADER);
            }
            term = request.getLeaderTerm();
        }
        beforeAppend.take();
        synchronized (this) {
            log.addAll(request.getEntriesList());
        }
        return reply(AppendResult.SUCCESS);
    }

    private static CompletableFuture<AppendEntriesReplyProto> reply(AppendResult result) {
        return CompletableFuture.completedFuture(
                AppendEntriesReplyProto.newBuilder().setResult(result).build());
    }

    private RequestVoteReplyProto vote(RequestVoteRequestProto request) throws Exception {
        beforeVote.take();
        synchronized (this) {
            boolean granted = request.getCandidateTerm() > term
                    && request.getCandidateLastEntry().getIndex() >= lastIndex();
            if (!request.getPreVote()) {
                term = Math.max(term, request.getCandidateTerm());
            }
            return RequestVoteReplyProto.newBuilder()
                    .setServerReply(RaftRpcReplyProto.newBuilder().setSuccess(granted))
                    .setTerm(term)
                    .build();
        }
    }
}
