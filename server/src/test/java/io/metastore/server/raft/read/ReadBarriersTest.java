package io.metastore.server.raft.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.Consensus.Barrier;
import io.metastore.server.raft.metric.RaftMeter;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadBarriersTest {
    private static final Barrier PASSED = new Barrier.Passed();
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final LinkedBlockingQueue<CompletableFuture<Long>> questions = new LinkedBlockingQueue<>();
    private final AppliedIndex applied = new AppliedIndex(10);
    private final List<Barrier> answers = new CopyOnWriteArrayList<>();
    private ReadBarriers barriers = barriers(LONG);

    @AfterEach
    void close() {
        barriers.close();
        timer.shutdownNow();
    }

    @Test
    void aReaderPassesWhenTheIndexItWasGivenIsApplied() throws InterruptedException {
        await();
        question().complete(11L);
        assertThat(answers).isEmpty();
        applied.advance(11);

        assertThat(answers).containsExactly(PASSED);
    }

    /// The answer to a question that was asked before the reader came may be too old for it.
    @Test
    void aReaderNeverJoinsAQuestionThatWasAskedBeforeItCame() throws InterruptedException {
        await();
        var first = question();
        await();
        await();
        assertThat(questions).isEmpty();
        first.complete(10L);
        assertThat(answers).containsExactly(PASSED);
        question().complete(10L);

        assertThat(answers).containsExactly(PASSED, PASSED, PASSED);
        assertThat(questions).isEmpty();
    }

    @Test
    void anAnswerAtOnceNeedsNoFurtherThread() {
        Queue<Long> indexes = new ArrayDeque<>(List.of(10L, 10L));
        try (var instant = new ReadBarriers(
                () -> CompletableFuture.completedFuture(indexes.remove()), applied, LONG, timer, RaftMeter.NONE)) {
            instant.await(answers::add);
            instant.await(answers::add);
        }

        assertThat(answers).containsExactly(PASSED, PASSED);
    }

    @Test
    void aQuestionThatFailsIsAskedAgain() throws InterruptedException {
        await();
        question().completeExceptionally(new NotLeadingException());
        question().completeExceptionally(new NotLeadingException());
        question().complete(10L);

        awaitAnswers(PASSED);
    }

    @Test
    void thoseWhoCameMeanwhileShareTheQuestionThatIsAskedAgain() throws InterruptedException {
        await();
        var first = question();
        await();
        first.completeExceptionally(new NotLeadingException());
        question().complete(10L);

        awaitAnswers(PASSED, PASSED);
    }

    @Test
    void aReaderWhoseQuestionsAllFailIsRefusedWhenItsTimeIsUp() throws InterruptedException {
        barriers = barriers(Duration.ZERO);
        await();
        question().completeExceptionally(new NotLeadingException());
        barriers.expire();

        assertThat(answers).containsExactly(new Barrier.Refused(Reason.TIMED_OUT));
    }

    @Test
    void aReaderWhoseQuestionIsNotAnsweredIsRefusedWhenItsTimeIsUp() throws InterruptedException {
        barriers = barriers(Duration.ZERO);
        await();
        var late = question();
        barriers.expire();
        assertThat(answers).containsExactly(new Barrier.Refused(Reason.TIMED_OUT));
        late.complete(10L);

        assertThat(answers).hasSize(1);
    }

    /// As on a follower that was cut off after it was given an index.
    @Test
    void aReaderWhoseIndexIsNeverAppliedIsRefusedWhenItsTimeIsUp() throws InterruptedException {
        barriers = barriers(Duration.ZERO);
        await();
        question().complete(11L);
        barriers.expire();
        assertThat(answers).containsExactly(new Barrier.Refused(Reason.TIMED_OUT));
        applied.advance(11);

        assertThat(answers).hasSize(1);
    }

    @Test
    void nobodyIsRefusedBeforeItsTime() throws InterruptedException {
        await();
        barriers.expire();
        question().complete(10L);

        assertThat(answers).containsExactly(PASSED);
    }

    @Test
    void theEndRefusesAllThatWaitWhateverTheyWaitFor() throws InterruptedException {
        await();
        question().complete(11L);
        await();
        var asked = question();
        await();
        barriers.close();

        assertThat(answers).hasSize(3).containsOnly(new Barrier.Refused(Reason.STOPPED));
        asked.completeExceptionally(new NotLeadingException());
        applied.advance(11);
        assertThat(answers).hasSize(3);
        assertThat(questions).isEmpty();
    }

    @Test
    void afterTheEndEveryReaderIsRefused() {
        barriers.close();
        await();

        assertThat(answers).containsExactly(new Barrier.Refused(Reason.STOPPED));
        assertThat(questions).isEmpty();
    }

    private ReadBarriers barriers(Duration timeout) {
        return new ReadBarriers(
                () -> {
                    var question = new CompletableFuture<Long>();
                    questions.add(question);
                    return question;
                },
                applied,
                timeout,
                timer,
                RaftMeter.NONE);
    }

    /// A question that is asked again comes from the timer's thread. Answered before that thread has looked at the
    /// answer, it is that thread that lets the readers pass, and the test must wait for it.
    private void awaitAnswers(Barrier... expected) {
        Awaitility.await().untilAsserted(() -> assertThat(answers).containsExactly(expected));
    }

    private void await() {
        barriers.await(answers::add);
    }

    private CompletableFuture<Long> question() throws InterruptedException {
        var question = questions.poll(10, TimeUnit.SECONDS);
        assertThat(question).as("a question is asked").isNotNull();
        return Objects.requireNonNull(question);
    }
}
