package io.metastore.server.raft.peer;

import io.metastore.proto.peer.v1.Answer;
import io.metastore.proto.peer.v1.Question;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;

/// The questions to one other member, on one stream: each linearizable read needs one, or shares one, and a message on
/// an open stream costs a fraction of a call of its own. From any thread.
final class Questions {
    private final Function<StreamObserver<Answer>, StreamObserver<Question>> connection;
    private final Executor aside;
    // Guarded by this.
    private final Map<Long, Asked> waiting = new LinkedHashMap<>(); // the oldest first
    private Optional<Stream> stream = Optional.empty();
    private long numbers;

    private record Asked(CompletableFuture<Answer> answer, Stream on, long nanos) {}

    /// @param connection opens a stream
    /// @param aside runs what a broken stream means to those who wait for its answers
    Questions(Function<StreamObserver<Answer>, StreamObserver<Question>> connection, Executor aside) {
        this.connection = connection;
        this.aside = aside;
    }

    /// The answer of the other member, given after this call was made; a failure when the stream breaks, or when the
    /// question expires.
    synchronized CompletableFuture<Answer> ask(Question.Builder question) {
        var open = stream.filter(now -> now.usable).orElseGet(this::open);
        long number = ++numbers;
        var asked = new Asked(new CompletableFuture<>(), open, System.nanoTime());
        waiting.put(number, asked);
        open.questions.ifPresent(
                questions -> questions.onNext(question.setNumber(number).build()));
        return asked.answer();
    }

    private Stream open() {
        var opened = new Stream();
        stream = Optional.of(opened);
        opened.questions = Optional.of(connection.apply(opened));
        return opened;
    }

    /// Fails what was asked longer ago than that.
    void expire(Duration patience) {
        var expired = new ArrayList<Asked>();
        synchronized (this) {
            long now = System.nanoTime();
            var oldest = waiting.values().iterator();
            while (oldest.hasNext()) {
                var asked = oldest.next();
                if (now - asked.nanos() < patience.toNanos()) {
                    break;
                }
                expired.add(asked);
                oldest.remove();
            }
        }
        fail(expired, "a peer did not answer in time");
    }

    private synchronized Optional<Asked> answered(long number) {
        return Optional.ofNullable(waiting.remove(number));
    }

    /// Without this lock, since the library may report it to a thread that holds another one.
    private void broken(Stream broken, String why) {
        broken.usable = false;
        aside.execute(() -> fail(leftOn(broken), why));
    }

    private synchronized List<Asked> leftOn(Stream broken) {
        var left = waiting.values().stream()
                .filter(asked -> asked.on().equals(broken))
                .toList();
        waiting.values().removeAll(left);
        return left;
    }

    private static void fail(List<Asked> asked, String why) {
        asked.forEach(question -> question.answer().completeExceptionally(new IOException(why)));
    }

    private final class Stream implements StreamObserver<Answer> {
        private Optional<StreamObserver<Question>> questions = Optional.empty();
        private volatile boolean usable = true;

        @Override
        public void onNext(Answer answer) {
            answered(answer.getNumber()).ifPresent(asked -> asked.answer().complete(answer));
        }

        @Override
        public void onError(Throwable failure) {
            broken(this, "questions cannot be asked: " + failure.getMessage());
        }

        @Override
        public void onCompleted() {
            broken(this, "a peer ended its answers");
        }
    }
}
