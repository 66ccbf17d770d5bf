package io.metastore.server.raft.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LeaderRoundsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    /// A voter that was asked for its term.
    private record Question(String voter, CompletableFuture<Long> answer) {}

    private final List<Question> questions = new ArrayList<>();
    private final List<Long> termsSeen = new ArrayList<>();
    private final FakeLeader leader = new FakeLeader("self", "b", "c");
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final LeaderRounds rounds = rounds(leader, LONG);

    @Test
    void aMajorityInTheSameTermConfirmsTheCommitIndexOfTheBeginning() {
        var index = rounds.readIndex();
        leader.committed = 200;
        assertThat(index).isNotDone();
        answer("b", 5);

        assertThat(index).isCompletedWithValue(100L);
        assertThat(termsSeen).containsExactly(5L);
    }

    @Test
    void aVoterInAnotherTermConfirmsNothing() {
        var index = rounds.readIndex();
        answer("b", 6);
        assertThat(index).isNotDone();
        answer("c", 4);

        assertThat(index).isNotDone();
        assertThat(termsSeen).containsExactly(6L, 4L);
    }

    @Test
    void aVoterCountsOnce() {
        var five = new FakeLeader("self", "b", "c", "d", "e");
        var index = rounds(five, LONG).readIndex();
        answer("b", 5);
        answer("b", 5);
        assertThat(index).isNotDone();
        answer("c", 5);

        assertThat(index).isCompletedWithValue(100L);
    }

    @Test
    void aLeaderWhoseOwnTermRoseMeanwhileConfirmsNothing() {
        var index = rounds.readIndex();
        leader.term = 6;
        answer("b", 5);

        assertThat(index).isCompletedExceptionally();
    }

    @Test
    void whoDoesNotLeadAsksNobody() {
        leader.ready = false;

        assertThat(rounds.readIndex()).isCompletedExceptionally();
        assertThat(questions).isEmpty();
    }

    @Test
    void duringAChangeOfMembersBothMajoritiesMustConfirm() {
        leader.changingFrom("self", "x", "y");
        var index = rounds.readIndex();
        answer("b", 5);
        answer("c", 5);
        assertThat(index).isNotDone();
        answer("y", 5);

        assertThat(index).isCompletedWithValue(100L);
    }

    @Test
    void theOnlyVoterAsksNobody() {
        assertThat(rounds(new FakeLeader("self"), LONG).readIndex()).isCompletedWithValue(100L);
        assertThat(questions).isEmpty();
    }

    @Test
    void withoutAMajorityARoundFailsAfterItsTime() {
        var index = rounds(leader, Duration.ofMillis(1)).readIndex();

        assertThat(index).failsWithin(Duration.ofSeconds(10));
    }

    /// An answer to a question from before a read arrived says nothing about the time since.
    @Test
    void aReadNeverJoinsARoundThatBeganBeforeIt() {
        var first = rounds.readIndex();
        var second = rounds.readIndex();
        var third = rounds.readIndex();
        assertThat(questions).hasSize(2);
        leader.committed = 300;
        answer("b", 5);
        assertThat(first).isCompletedWithValue(100L);
        assertThat(second).isNotDone();
        assertThat(questions).hasSize(4);
        answer("c", 5);

        assertThat(second).isNotDone(); // c answered the first round's question
        questions.get(2).answer().complete(5L);
        assertThat(second).isCompletedWithValue(300L);
        assertThat(third).isCompletedWithValue(300L);
        assertThat(questions).hasSize(4);
    }

    @Test
    void aRoundThatFailedDoesNotHoldUpTheNext() {
        leader.ready = false;
        assertThat(rounds.readIndex()).isCompletedExceptionally();
        leader.ready = true;
        var index = rounds.readIndex();
        answer("c", 5);

        assertThat(index).isCompletedWithValue(100L);
    }

    private LeaderRounds rounds(FakeLeader of, Duration timeout) {
        return new LeaderRounds(
                of.division(),
                voter -> {
                    var question = new Question(voter, new CompletableFuture<>());
                    questions.add(question);
                    return question.answer();
                },
                new LeaderRounds.Patience(Duration.ZERO, timeout, timer),
                termsSeen::add);
    }

    /// The voter answers the first question that it has not answered yet.
    private void answer(String voter, long term) {
        questions.stream()
                .filter(question -> question.voter().equals(voter))
                .filter(question -> !question.answer().isDone())
                .findFirst()
                .ifPresent(question -> question.answer().complete(term));
    }
}
