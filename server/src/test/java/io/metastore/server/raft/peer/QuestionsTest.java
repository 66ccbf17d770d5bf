package io.metastore.server.raft.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.proto.peer.v1.Answer;
import io.metastore.proto.peer.v1.ConfirmRequest;
import io.metastore.proto.peer.v1.ConfirmResponse;
import io.metastore.proto.peer.v1.Question;
import io.metastore.server.raft.Recorded;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.thirdparty.io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final long GAP_NANOS = 5_000_000;

    private final List<Connection> connections = new ArrayList<>();
    private final Queue<Runnable> aside = new ArrayDeque<>();
    private final Questions questions = new Questions(this::connect, aside::add);

    /// A stream, seen from the member that is asked.
    private record Connection(Recorded<Question> asked, StreamObserver<Answer> answers) {
        /// Answers the question that came as the `nth` on this stream, counted from 0.
        void answer(int nth, long term) {
            answers.onNext(Answer.newBuilder()
                    .setNumber(asked.messages().get(nth).getNumber())
                    .setConfirm(ConfirmResponse.newBuilder().setTerm(term))
                    .build());
        }
    }

    private StreamObserver<Question> connect(StreamObserver<Answer> answers) {
        var connection = new Connection(new Recorded<>(), answers);
        connections.add(connection);
        return connection.asked();
    }

    @Test
    void allAreAskedOnOneStream() {
        var _ = ask();
        var _ = ask();

        assertThat(connections).hasSize(1);
        assertThat(first().asked().messages()).hasSize(2).allMatch(Question::hasConfirm);
        assertThat(first().asked().messages()).extracting(Question::getNumber).doesNotHaveDuplicates();
    }

    @Test
    void answersInAnyOrderFindThoseWhoAsked() {
        var one = ask();
        var two = ask();
        var three = ask();
        first().answer(2, 30);
        first().answer(0, 10);

        assertThat(one.thenApply(QuestionsTest::term)).isCompletedWithValue(10L);
        assertThat(two).isNotDone();
        assertThat(three.thenApply(QuestionsTest::term)).isCompletedWithValue(30L);
    }

    @Test
    void anAnswerThatNobodyWaitsForIsIgnored() {
        var asked = ask();
        first().answers().onNext(Answer.newBuilder().setNumber(77).build());
        first().answer(0, 10);
        first().answer(0, 11);

        assertThat(asked.thenApply(QuestionsTest::term)).isCompletedWithValue(10L);
    }

    @Test
    void aStreamThatBreaksFailsAllThatWaitWithTheReason() {
        var answered = ask();
        var one = ask();
        var two = ask();
        first().answer(0, 10);
        first().answers().onError(new IOException("the cable is cut"));
        // Those who wait may ask again, which must not happen in the middle of what broke.
        assertThat(one).isNotDone();
        runAside();

        assertThat(answered.thenApply(QuestionsTest::term)).isCompletedWithValue(10L);
        assertFailed(one, "questions cannot be asked: the cable is cut");
        assertFailed(two, "questions cannot be asked: the cable is cut");
    }

    @Test
    void aStreamThatTheOtherMemberEndsFailsAllThatWait() {
        var asked = ask();
        first().answers().onCompleted();
        runAside();

        assertFailed(asked, "a peer ended its answers");
    }

    @Test
    void theNextQuestionAfterABreakOpensANewStream() {
        var lost = ask();
        first().answers().onError(new IOException("the cable is cut"));
        var asked = ask();
        assertThat(connections).hasSize(2);
        runAside();
        connections.get(1).answer(0, 20);

        assertFailed(lost, "questions cannot be asked: the cable is cut");
        assertThat(asked.thenApply(QuestionsTest::term)).isCompletedWithValue(20L);
        assertThat(first().asked().messages()).hasSize(1);
    }

    @Test
    void anOldStreamThatBreaksAgainHarmsNobodyOnTheNewOne() {
        var _ = ask();
        first().answers().onError(new IOException("the cable is cut"));
        var asked = ask();
        first().answers().onError(new IOException("cut once more"));
        runAside();
        var another = ask();

        assertThat(connections).hasSize(2);
        assertThat(asked).isNotDone();
        assertThat(another).isNotDone();
    }

    @Test
    void aConnectionThatFailsWhileItIsOpenedFailsTheQuestion() {
        var refused = new Questions(
                answers -> {
                    answers.onError(new IOException("refused"));
                    return new Recorded<>();
                },
                aside::add);
        var asked = refused.ask(confirm());
        runAside();

        assertFailed(asked, "questions cannot be asked: refused");
    }

    @Test
    void onlyTheOldQuestionsExpire() {
        boolean certain = false;
        while (!certain) { // a second time when the test was held up, and the young one may be old
            var old = ask();
            long between = System.nanoTime();
            while (System.nanoTime() - between < GAP_NANOS) {
                Thread.onSpinWait();
            }
            long begin = System.nanoTime();
            var young = ask();
            long patience = System.nanoTime() - between;
            questions.expire(Duration.ofNanos(patience));
            certain = System.nanoTime() - begin < patience;

            assertFailed(old, "a peer did not answer in time");
            assertThat(certain && young.isDone()).isFalse();
        }
    }

    @Test
    void nothingExpiresBeforeItsTime() {
        var asked = ask();
        questions.expire(LONG);

        assertThat(asked).isNotDone();
    }

    @Test
    void anAnswerAfterExpiryIsIgnoredAndTheStreamGoesOn() {
        var late = ask();
        questions.expire(Duration.ZERO);
        var asked = ask();
        first().answer(0, 10);
        first().answer(1, 20);

        assertFailed(late, "a peer did not answer in time");
        assertThat(asked.thenApply(QuestionsTest::term)).isCompletedWithValue(20L);
        assertThat(connections).hasSize(1);
    }

    private CompletableFuture<Answer> ask() {
        return questions.ask(confirm());
    }

    private static Question.Builder confirm() {
        return Question.newBuilder().setConfirm(ConfirmRequest.getDefaultInstance());
    }

    private static long term(Answer answer) {
        return answer.getConfirm().getTerm();
    }

    private Connection first() {
        return connections.getFirst();
    }

    private void runAside() {
        for (var task = aside.poll(); task != null; task = aside.poll()) {
            task.run();
        }
    }

    private static void assertFailed(CompletableFuture<Answer> asked, String why) {
        assertThat(asked)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IOException.class)
                .withMessageContaining(why);
    }
}
