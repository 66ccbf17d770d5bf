package io.metastore.server.raft.append;

import io.metastore.server.raft.stream.Replies;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto.AppendResult;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// The follower's end of a sender's stream. Heartbeats are answered at once and entries when they are on the disk, so
/// answers may overtake each other: each names its call.
public final class Receiver implements StreamObserver<AppendEntriesRequestProto> {
    /// The call id of messages that are answered only when they fail.
    static final long UNANSWERED = -1;

    private final Log log;
    private final Replies<AppendEntriesReplyProto> replies;

    /// Where what is received goes.
    @FunctionalInterface
    public interface Log {
        CompletableFuture<AppendEntriesReplyProto> append(AppendEntriesRequestProto request) throws IOException;
    }

    public Receiver(Log log, StreamObserver<AppendEntriesReplyProto> replies) {
        this.log = log;
        this.replies = new Replies<>(replies);
    }

    @Override
    public void onNext(AppendEntriesRequestProto request) {
        try {
            var _ = log.append(request).whenComplete((reply, failure) -> {
                if (failure == null) {
                    answer(reply);
                } else {
                    fail(failure);
                }
            });
        } catch (IOException e) {
            fail(e);
        }
    }

    private void answer(AppendEntriesReplyProto reply) {
        if (!isUnwanted(reply)) {
            replies.send(reply);
        }
    }

    private static boolean isUnwanted(AppendEntriesReplyProto reply) {
        return reply.getServerReply().getCallId() == UNANSWERED && reply.getResult() == AppendResult.SUCCESS;
    }

    /// The sender begins anew, with what it does not know to be here.
    private void fail(Throwable failure) {
        replies.fail(Status.UNAVAILABLE.withDescription(failure.getMessage()));
    }

    @Override
    public void onError(Throwable failure) {
        replies.abandon();
    }

    @Override
    public void onCompleted() {
        replies.complete();
    }
}
