package io.metastore.server.raft.append;

import static io.metastore.server.raft.append.Messages.entries;
import static io.metastore.server.raft.append.Messages.heartbeat;
import static io.metastore.server.raft.append.Messages.inconsistency;
import static io.metastore.server.raft.append.Messages.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.raft.Recorded;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.thirdparty.io.grpc.Status;
import org.junit.jupiter.api.Test;

class ReceiverTest {
    private final Map<Long, CompletableFuture<AppendEntriesReplyProto>> appends = new HashMap<>();
    private final Recorded<AppendEntriesReplyProto> replies = new Recorded<>();
    private final Receiver receiver = new Receiver(
            request -> appends.computeIfAbsent(request.getServerRequest().getCallId(), _ -> new CompletableFuture<>()),
            replies);

    @Test
    void aHeartbeatOvertakesAnAppendThatIsNotOnTheDisk() {
        receiver.onNext(entries(0, 5));
        receiver.onNext(heartbeat(1));
        done(success(1, 4));
        assertThat(replies.messages()).containsExactly(success(1, 4));
        done(success(0, 5));

        assertThat(replies.messages()).containsExactly(success(1, 4), success(0, 5));
    }

    @Test
    void whatNeedsNoAnswerGetsNone() {
        receiver.onNext(heartbeat(Receiver.UNANSWERED));
        done(success(Receiver.UNANSWERED, 5));

        assertThat(replies.messages()).isEmpty();
    }

    @Test
    void whatNeedsNoAnswerIsAnsweredWhenItFails() {
        receiver.onNext(heartbeat(Receiver.UNANSWERED));
        done(inconsistency(Receiver.UNANSWERED, 3));

        assertThat(replies.messages()).containsExactly(inconsistency(Receiver.UNANSWERED, 3));
    }

    @Test
    void anAppendThatFailsBreaksTheStreamAndLaterAnswersAreDropped() {
        receiver.onNext(entries(0, 5));
        receiver.onNext(entries(1, 6));
        append(0).completeExceptionally(new IOException("the disk is full"));
        done(success(1, 6));

        assertThat(replies.failure()).map(Status::fromThrowable).hasValueSatisfying(status -> {
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(status.getDescription()).isEqualTo("the disk is full");
        });
        assertThat(replies.messages()).isEmpty();
    }

    @Test
    void aLogThatRefusesAtOnceBreaksTheStream() {
        var refused = new Receiver(
                request -> {
                    throw new IOException("call " + request.getServerRequest().getCallId() + " is refused");
                },
                replies);
        refused.onNext(heartbeat(3));

        assertThat(replies.failure()).map(Status::fromThrowable).hasValueSatisfying(status -> {
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(status.getDescription()).isEqualTo("call 3 is refused");
        });
    }

    /// gRPC refuses a second end, and who gives it would not learn of it.
    @Test
    void aStreamBreaksOnce() {
        var first = new CancellationException("the first");
        receiver.onNext(entries(0, 5));
        receiver.onNext(entries(1, 6));
        append(0).completeExceptionally(first);
        append(1).completeExceptionally(new CancellationException("the second"));
        receiver.onCompleted();

        assertThat(replies.failure()).map(Throwable::getMessage).contains("UNAVAILABLE: the first");
        assertThat(replies.isCompleted()).isFalse();
    }

    @Test
    void nothingIsAnsweredOnAStreamThatBroke() {
        receiver.onNext(entries(0, 5));
        receiver.onNext(entries(1, 6));
        receiver.onError(new IOException("the connection is lost"));
        done(success(0, 5));
        append(1).completeExceptionally(new IOException("the disk is full"));
        receiver.onCompleted();

        assertThat(replies.messages()).isEmpty();
        assertThat(replies.failure()).isEmpty();
        assertThat(replies.isCompleted()).isFalse();
    }

    @Test
    void aStreamThatTheSenderEndsIsEndedOnceAndWithoutFurtherAnswers() {
        receiver.onNext(entries(0, 5));
        receiver.onNext(entries(1, 6));
        receiver.onCompleted();
        assertThat(replies.isCompleted()).isTrue();
        done(success(0, 5));
        append(1).completeExceptionally(new IOException("the disk is full"));
        receiver.onCompleted();

        assertThat(replies.messages()).isEmpty();
        assertThat(replies.failure()).isEmpty();
    }

    private CompletableFuture<AppendEntriesReplyProto> append(long callId) {
        return Optional.ofNullable(appends.get(callId)).orElseThrow();
    }

    private void done(AppendEntriesReplyProto reply) {
        append(reply.getServerReply().getCallId()).complete(reply);
    }
}
