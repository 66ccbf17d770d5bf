package io.metastore.server.raft.append;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.AppendEntriesReplyProto;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotReplyProto;
import org.apache.ratis.proto.RaftProtos.InstallSnapshotRequestProto;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// Keeps what is sent to a follower; a test answers for it.
final class FakeTransport implements AppendTransport {
    /// What was opened, the first one first; the streams of one connection are seen as one.
    final List<Opened> streams = new CopyOnWriteArrayList<>();
    int opened;
    /// Which of the calls that are opened is refused at once, counted from 1; none is 0.
    int refused;
    final List<String> reconnected = new CopyOnWriteArrayList<>();
    final List<String> late = new CopyOnWriteArrayList<>();
    final List<String> abandoned = new CopyOnWriteArrayList<>();

    /// A message, and when and by whom it was sent.
    record Sent(AppendEntriesRequestProto request, Thread by, long nanos) {
        List<Long> entries() {
            return request.getEntriesList().stream()
                    .map(LogEntryProto::getIndex)
                    .toList();
        }

        long callId() {
            return request.getServerRequest().getCallId();
        }
    }

    /// One stream, seen from the follower.
    static final class Opened implements StreamObserver<AppendEntriesRequestProto> {
        final StreamObserver<AppendEntriesReplyProto> replies;
        private final List<Sent> sent = new ArrayList<>();
        private Runnable atEnd = () -> {};
        private boolean ended;
        volatile boolean failing;

        private Opened(StreamObserver<AppendEntriesReplyProto> replies) {
            this.replies = replies;
        }

        synchronized List<Sent> sent() {
            return List.copyOf(sent);
        }

        /// The entries of each message, none for a heartbeat.
        List<List<Long>> entries() {
            return sent().stream().map(Sent::entries).toList();
        }

        synchronized boolean hasEnded() {
            return ended;
        }

        /// What happens while the leader ends the stream.
        synchronized void atEnd(Runnable task) {
            atEnd = task;
        }

        /// The follower has the entries of the `nth` message, counted from 0.
        void succeed(int nth) {
            var answered = sent().get(nth);
            replies.onNext(
                    Messages.success(answered.callId(), answered.entries().getLast()));
        }

        /// The follower lacks what is before the `nth` message's entries.
        void miss(int nth, long nextIndex) {
            replies.onNext(Messages.inconsistency(sent().get(nth).callId(), nextIndex));
        }

        @Override
        public synchronized void onNext(AppendEntriesRequestProto request) {
            sent.add(new Sent(request, Thread.currentThread(), System.nanoTime()));
            if (failing) {
                throw new IllegalStateException("call was cancelled");
            }
            if (ended) {
                throw new IllegalStateException("the stream has ended");
            }
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public synchronized void onCompleted() {
            ended = true;
            atEnd.run();
        }
    }

    @Override
    public StreamObserver<AppendEntriesRequestProto> append(
            String address, StreamObserver<AppendEntriesReplyProto> replies) {
        opened++;
        if (streams.isEmpty() || !stream().replies.equals(replies)) {
            streams.add(new Opened(replies));
        }
        if (opened == refused) {
            replies.onError(new IOException("refused at once"));
        }
        return new Half(stream(), new AtomicBoolean());
    }

    /// One of the two calls of a stream. As gRPC's it is ended once.
    private record Half(Opened stream, AtomicBoolean ended) implements StreamObserver<AppendEntriesRequestProto> {
        @Override
        public void onNext(AppendEntriesRequestProto request) {
            stream.onNext(request);
        }

        @Override
        public void onError(Throwable failure) {
            stream.onError(failure);
        }

        @Override
        public void onCompleted() {
            if (ended.getAndSet(true)) {
                throw new IllegalStateException("call already half-closed");
            }
            stream.onCompleted();
        }
    }

    Opened stream() {
        return streams.getLast();
    }

    /// On how many streams something was sent.
    long used() {
        return streams.stream().filter(stream -> !stream.sent().isEmpty()).count();
    }

    /// All that was sent, on whichever stream.
    Stream<Sent> sent() {
        return streams.stream().flatMap(stream -> stream.sent().stream());
    }

    @Override
    public CompletableFuture<InstallSnapshotReplyProto> install(String address, InstallSnapshotRequestProto request) {
        throw new AssertionError("install at " + address);
    }

    @Override
    public void reconnect(String address) {
        reconnected.add(address);
    }

    @Override
    public void late(String member, Duration period, Duration elapsed) {
        late.add(member);
    }

    @Override
    public void abandon(String address) {
        abandoned.add(address);
    }
}
