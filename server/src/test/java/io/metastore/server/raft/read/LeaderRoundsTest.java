package io.metastore.server.raft.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.ratis.protocol.RaftPeerId;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LeaderRoundsTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    /// A voter that was asked for its term.
    private record Question(String voter, CompletableFuture<Long> answer) {}

    private final List<Question> questions = new CopyOnWriteArrayList<>();
    private final List<Long> termsSeen = new ArrayList<>();
    private final FakeLeader leader = new FakeLeader("self", "b", "c");
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final LeaderRounds rounds = rounds(leader, LONG);

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

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
    void theWordOfAnAskingVoterIsAConfirmation() {
        assertThat(rounds.readIndex(word("b", 5))).isCompletedWithValue(100L);
        assertThat(questions).isEmpty();
        assertThat(termsSeen).containsExactly(5L);
    }

    @Test
    void theWordOfOneInAnotherTermOrWithoutAVoteIsNone() {
        var higher = rounds.readIndex(word("b", 6));
        var stranger = rounds.readIndex(word("learner", 5));

        assertThat(higher).isNotDone();
        assertThat(stranger).isNotDone();
        assertThat(questions).isNotEmpty();
    }

    @Test
    void withFiveMembersTheWordOfOneIsNotEnough() {
        var five = rounds(new FakeLeader("self", "b", "c", "d", "e"), LONG);

        assertThat(five.readIndex(word("b", 5))).isNotDone();
        assertThat(questions).isNotEmpty();
    }

    @Test
    void noMoreVotersThanNeededAreAskedUnlessTheyAreLate() {
        var patient = rounds(leader, new LeaderRounds.Patience(LONG, LONG, timer));
        var first = patient.readIndex();
        assertThat(questions).hasSize(1);
        answer("b", 5);

        assertThat(first).isCompletedWithValue(100L);
    }

    @Test
    void whenTheFirstAreLateTheOthersAreAskedAndPreferredFromThenOn() {
        var hasty = rounds(leader, new LeaderRounds.Patience(Duration.ofMillis(1), LONG, timer));
        var first = hasty.readIndex();
        Awaitility.await().until(() -> asked("c") == 1);
        answer("c", 5);
        assertThat(first).isCompletedWithValue(100L);
        var second = hasty.readIndex();

        assertThat(asked("c")).isEqualTo(2);
        answer("c", 5);
        assertThat(second).isCompletedWithValue(100L);
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

    private static LeaderRounds.Word word(String member, long term) {
        return new LeaderRounds.Word(RaftPeerId.valueOf(member), term);
    }

    private long asked(String voter) {
        return questions.stream()
                .filter(question -> question.voter().equals(voter))
                .count();
    }

    /// All voters are asked at once.
    private LeaderRounds rounds(FakeLeader of, Duration timeout) {
        return rounds(of, new LeaderRounds.Patience(Duration.ZERO, timeout, timer));
    }

    private LeaderRounds rounds(FakeLeader of, LeaderRounds.Patience patience) {
        return new LeaderRounds(
                of.division(),
                voter -> {
                    var question = new Question(voter, new CompletableFuture<>());
                    questions.add(question);
                    return question.answer();
                },
                patience,
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
