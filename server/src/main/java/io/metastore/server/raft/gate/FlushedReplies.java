package io.metastore.server.raft.gate;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.util.ProtoUtils;

/// Keeps an acknowledgement back until what it acknowledges is on this member's disk.
///
/// Ratis waits for the entries that it writes for a request. Those that it has already, because the leader sends them
/// again over another connection, it skips, although they may still be on their way to the disk. Such a request would
/// be acknowledged at once, and the leader would count an entry that a power loss takes away.
final class FlushedReplies {
    private static final Executor SOON = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, Runnable::run);

    private final RaftServer server;

    FlushedReplies(RaftServer server) {
        this.server = server;
    }

    /// The reply to a request with entries, when it may be given.
    CompletableFuture<AppendEntriesReplyProto> hold(RaftRpcRequestProto request, AppendEntriesReplyProto reply) {
        if (reply.getResult() != AppendResult.SUCCESS) {
            return CompletableFuture.completedFuture(reply);
        }
        var held = new CompletableFuture<AppendEntriesReplyProto>();
        try {
            var group = ProtoUtils.toRaftGroupId(request.getRaftGroupId());
            await(server.getDivision(group).getRaftLog(), reply, held);
        } catch (IOException e) {
            held.completeExceptionally(e);
        }
        return held;
    }

    private static void await(
            RaftLog log, AppendEntriesReplyProto reply, CompletableFuture<AppendEntriesReplyProto> held) {
        if (log.getFlushIndex() >= reply.getMatchIndex()) {
            held.complete(reply);
        } else if (log.isOpened()) {
            SOON.execute(() -> await(log, reply, held));
        } else {
            held.completeExceptionally(new IOException("the log was closed before the entries were on disk"));
        }
    }
}
