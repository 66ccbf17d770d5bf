package io.metastore.server.raft.propose;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.apply.Entry;
import io.metastore.server.apply.EntryResult;
import io.metastore.server.apply.EntryResult.Cause;
import io.metastore.server.apply.Stamp;
import io.metastore.server.consensus.Followed;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// That an entry was not sent early shows in what the next one carries.
@Timeout(30)
class ProposalsTest {
    private static final MemberId SELF = new MemberId(1);
    private static final int SECOND_ENTRY = 1000;
    private static final int MAX_ENTRY = 2000;
    private static final int MAX_COMMAND = 3000;
    private static final int MAX_WAITING = 20_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(7);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000); // It may wrap around.
    private final List<Outcome> answers = new CopyOnWriteArrayList<>();
    private final FakeSink sink = new FakeSink(5);
    private final Proposals proposals = new Proposals(
            SELF, 3, new ProposalLimits(TIMEOUT, 3, SECOND_ENTRY, MAX_ENTRY, MAX_COMMAND, MAX_WAITING), clock::get);

    @AfterEach
    void close() {
        proposals.close();
    }

    @Test
    void aLoneCommandIsSentAtOnceAndAnsweredWhenItIsAppliedHere() throws InterruptedException {
        var entry = firstSent();

        assertThat(entry).isEqualTo(new Entry(new Stamp(5, SELF, 3, 1), List.of(new Command.Compact(1))));
        assertThat(answers).isEmpty();
        apply(entry);
        assertThat(answers).containsExactly(new Outcome.Accepted(1));
    }

    @Test
    void whoFollowsACommandIsToldWhenItIsSentCommittedAndAnswered() throws InterruptedException {
        var steps = new Steps();
        proposals.sendTo(sink, 0);
        proposals.propose(new Command.Compact(1), steps);
        var entry = sink.next();
        proposals.applying(new Stamp(5, new MemberId(2), 3, 1)); // Another member's.
        assertThat(steps.heard).containsExactly("sent");
        proposals.applying(entry.stamp());
        apply(entry);

        assertThat(steps.heard).containsExactly("sent", "committed", "answered");
    }

    @Test
    void whoFollowsACommandIsToldWhenItIsSentAgain() throws InterruptedException {
        var steps = new Steps();
        proposals.sendTo(sink, 0);
        proposals.propose(new Command.Compact(1), steps);
        var entry = sink.next();
        proposals.notAppended(entry.stamp().sequence());
        clock.addAndGet(PAUSE.toNanos());
        propose(2);
        apply(sink.next());

        assertThat(steps.heard).containsExactly("sent", "sent", "answered");
    }

    private static final class Steps implements Followed {
        final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void sent() {
            heard.add("sent");
        }

        @Override
        public void committed() {
            heard.add("committed");
        }

        @Override
        public void accept(Outcome outcome) {
            heard.add("answered");
        }
    }

    @Test
    void whatComesWhileAnEntryIsInFlightTravelsTogetherInTheNext() throws InterruptedException {
        var first = firstSent();
        propose(2);
        propose(3);
        apply(first);
        var second = sink.next();

        assertThat(second.commands()).containsExactly(new Command.Compact(2), new Command.Compact(3));
        assertThat(second.stamp().sequence()).isEqualTo(2);
    }

    @Test
    void thoseThatWereJustAnsweredAreWaitedForUntilTheyAreBackOrSomeTimeHasPassed() throws InterruptedException {
        var first = firstSent();
        propose(2);
        propose(3);
        apply(first);
        var second = sink.next();
        clock.addAndGet(Duration.ofMillis(4).toNanos());
        apply(second);
        propose(4);
        assertThat(sink.staysEmpty()).isTrue();
        propose(5);
        var third = sink.next();
        assertThat(third.commands()).hasSize(2);
        clock.addAndGet(Duration.ofMillis(4).toNanos());
        apply(third);
        propose(6);
        assertThat(sink.staysEmpty()).isTrue();
        clock.addAndGet(Duration.ofMillis(1).toNanos());

        assertThat(sink.next().commands()).containsExactly(new Command.Compact(6));
    }

    @Test
    void enoughForAnotherEntryIsSentWhileOneIsInFlightUntilTheLimit() throws InterruptedException {
        var first = firstSent();
        great(SECOND_ENTRY);
        var second = sink.next();
        great(SECOND_ENTRY);
        var third = sink.next();
        great(SECOND_ENTRY);
        propose(2);
        apply(first);
        var fourth = sink.next();

        assertThat(List.of(second, third))
                .allSatisfy(entry -> assertThat(entry.commands()).hasSize(1));
        assertThat(fourth.commands()).hasSize(2);
    }

    @Test
    void anEntryIsCutAtItsGreatestSize() throws InterruptedException {
        great(900);
        great(900);
        great(900);
        proposals.sendTo(sink, 0);

        assertThat(sink.next().commands()).hasSize(2);
    }

    @Test
    void aCommandThatNoLeaderWouldTakeIsRefusedAtOnceAndHoldsUpNothing() throws InterruptedException {
        proposals.sendTo(sink, 0);
        great(MAX_COMMAND);

        assertThat(answers).containsExactly(new Outcome.Refused(Reason.REQUEST_TOO_LARGE));
        propose(1);
        assertThat(sink.next().commands()).hasSize(1);
    }

    @Test
    void moreThanMayWaitIsRefusedAtOnce() {
        for (int i = 0; i < 7; i++) {
            great(2900);
        }

        assertThat(answers).containsExactly(new Outcome.Refused(Reason.TOO_MANY_REQUESTS));
    }

    @Test
    void aWayThatWasCutIsMendedBySendingAgainWhatTheLeaderDoesNotHave() throws InterruptedException {
        var first = firstSent();
        great(SECOND_ENTRY);
        var second = sink.next();
        proposals.hold();
        var mended = new FakeSink(5);
        proposals.sendTo(mended, first.stamp().sequence());

        assertThat(mended.next()).isEqualTo(second);
        apply(first);
        apply(second);
        assertThat(answers).hasSize(2);
    }

    /// It may still be in the log of the new leader: only the log can tell.
    @Test
    void whatWasSentToAnEarlierLeaderIsNotSentAgainBeforeTheLogTellsItsFate() throws InterruptedException {
        var old = firstSent();
        var newer = new FakeSink(6);
        proposals.sendTo(newer, 0);
        great(SECOND_ENTRY);

        assertThat(newer.next().commands()).doesNotContainAnyElementsOf(old.commands());
        proposals.termApplied(6);
        clock.addAndGet(PAUSE.toNanos());
        apply(new Entry(new Stamp(6, SELF, 3, 2), List.of(Put.of(Bytes.EMPTY, Bytes.EMPTY))));
        clock.addAndGet(PAUSE.toNanos()); // The one that was answered is not waited for any more.
        var again = newer.next();
        assertThat(again.commands()).isEqualTo(old.commands());
        assertThat(again.stamp()).isEqualTo(new Stamp(6, SELF, 3, 3));
    }

    @Test
    void anEntryOfTheSameTermSaysNothingAboutWhatIsInFlight() throws InterruptedException {
        var entry = firstSent();
        proposals.termApplied(5);
        apply(entry);

        assertThat(answers).containsExactly(new Outcome.Accepted(1));
        assertThat(sink.isEmpty()).isTrue();
    }

    /// An entry for a leader whose term is over would have nobody who tells its fate: the higher term was applied
    /// before it was sent.
    @Test
    void nothingIsSentToALeaderOfWhichTheLogSaysThatItIsNoMore() throws InterruptedException {
        proposals.sendTo(sink, 0);
        proposals.termApplied(6);
        propose(1);
        assertThat(sink.staysEmpty()).isTrue();
        var again = new FakeSink(5);
        proposals.sendTo(again, 0);
        assertThat(again.staysEmpty()).isTrue();
        var newer = new FakeSink(6);
        proposals.sendTo(newer, 0);

        assertThat(newer.next().commands()).containsExactly(new Command.Compact(1));
    }

    @Test
    void whatWasNotAppendedIsSentAgainInANewEntryAfterAPause() throws InterruptedException {
        var first = firstSent();
        proposals.notAppended(first.stamp().sequence());
        propose(2);
        clock.addAndGet(PAUSE.toNanos());
        var again = sink.next();

        assertThat(again.stamp().sequence()).isEqualTo(2);
        assertThat(again.commands()).containsExactly(new Command.Compact(1), new Command.Compact(2));
        proposals.notAppended(first.stamp().sequence());
        apply(again);
        assertThat(answers).containsExactly(new Outcome.Accepted(1), new Outcome.Accepted(2));
    }

    @Test
    void anEntryThatTheLogSkippedForItsEpochIsSentAgain() throws InterruptedException {
        var first = firstSent();
        proposals.applied(first.stamp(), new EntryResult.Skipped(Cause.EPOCH_CHANGED));
        clock.addAndGet(PAUSE.toNanos());

        assertThat(sink.next().commands()).isEqualTo(first.commands());
    }

    @Test
    void anEntryThatTheLogSkippedAsADuplicateHasAnUnknownFate() throws InterruptedException {
        proposals.applied(firstSent().stamp(), new EntryResult.Skipped(Cause.DUPLICATE));

        assertThat(answers).containsExactly(new Outcome.Refused(Reason.TIMED_OUT));
    }

    @Test
    void entriesOfOthersAndOfEarlierStartsAreNotOurs() throws InterruptedException {
        var mine = firstSent().stamp();
        var result = new EntryResult.Applied(List.of(new Outcome.Accepted(9)));
        proposals.applied(new Stamp(5, new MemberId(2), 3, mine.sequence()), result);
        proposals.applied(new Stamp(5, SELF, 2, mine.sequence()), result);

        assertThat(answers).isEmpty();
        proposals.applied(mine, result);
        assertThat(answers).containsExactly(new Outcome.Accepted(9));
    }

    @Test
    void whatIsBoundToALeadershipEndsWithIt() throws InterruptedException {
        proposals.sendTo(sink, 0);
        proposals.boundTo(5).propose(new Command.Compact(1), answers::add);
        var sent = sink.next();
        proposals.boundTo(5).propose(new Command.Compact(2), answers::add);
        proposals.hold();
        proposals.termApplied(6);

        assertThat(answers).containsExactly(new Outcome.Refused(Reason.LEADER_CHANGED));
        var newer = new FakeSink(6);
        proposals.sendTo(newer, 0);
        propose(3);
        assertThat(newer.next().commands()).containsExactly(new Command.Compact(3));
        assertThat(answers).hasSize(2).containsOnly(new Outcome.Refused(Reason.LEADER_CHANGED));
        proposals.applied(sent.stamp(), new EntryResult.Applied(List.of(new Outcome.Accepted(1))));
        assertThat(answers).hasSize(2);
    }

    @Test
    void whatNoLeaderTakesInTimeIsRefusedAndWasNotMade() {
        propose(1);
        clock.addAndGet(TIMEOUT.toNanos() - 1);
        proposals.expire();
        assertThat(answers).isEmpty();
        clock.addAndGet(1);
        proposals.expire();

        assertThat(answers).containsExactly(new Outcome.Refused(Reason.NOT_PROPOSED));
    }

    @Test
    void whoLostTheLeaderMeanwhileIsToldSo() {
        propose(1);
        clock.addAndGet(TIMEOUT.toNanos() - 1);
        proposals.sendTo(sink, 0);
        proposals.hold();
        clock.addAndGet(1);
        proposals.expire();

        assertThat(answers).containsExactly(new Outcome.Refused(Reason.TIMED_OUT_LEADER_LOST));
    }

    /// Else one answer that was lost on its way would hold up this member's small commands until the next election.
    @Test
    void anEntryWhoseFateNobodyTellsHoldsUpOthersOnlyUntilItsTimeIsUp() throws InterruptedException {
        var lost = firstSent();
        clock.addAndGet(TIMEOUT.toNanos());
        propose(2);
        proposals.expire();

        assertThat(answers).containsExactly(new Outcome.Refused(Reason.TIMED_OUT));
        assertThat(sink.next().commands()).containsExactly(new Command.Compact(2));
        apply(lost);
        assertThat(answers).hasSize(1);
    }

    @Test
    void whenTheStateWasReplacedTheFateOfWhatIsInFlightIsUnknown() throws InterruptedException {
        var unknown = firstSent();
        propose(2);
        proposals.stateReplaced();

        assertThat(answers).containsExactly(new Outcome.Refused(Reason.TIMED_OUT));
        var next = sink.next();
        assertThat(next.commands()).containsExactly(new Command.Compact(2));
        apply(unknown);
        apply(next);
        assertThat(answers).hasSize(2);
    }

    @Test
    void theEndRefusesWhatWaitsWhatIsInFlightAndWhatComes() throws InterruptedException {
        var entry = firstSent();
        propose(2);
        proposals.close();
        propose(3);
        apply(entry);

        assertThat(answers).hasSize(3).containsOnly(new Outcome.Refused(Reason.STOPPED));
    }

    /// There is a leader, and it is sent the first command, in an entry of its own.
    private Entry firstSent() throws InterruptedException {
        proposals.sendTo(sink, 0);
        propose(1);
        return sink.next();
    }

    private void propose(long number) {
        proposals.propose(new Command.Compact(number), answers::add);
    }

    /// A command whose encoding is a little greater than `bytes`.
    private void great(int bytes) {
        proposals.propose(Put.of(Bytes.utf8("key"), Bytes.wrap(new byte[bytes])), answers::add);
    }

    /// Applies an entry; each command's outcome carries the number in it.
    private void apply(Entry entry) {
        List<Outcome> outcomes = entry.commands().stream()
                .<Outcome>map(
                        command -> new Outcome.Accepted(command instanceof Command.Compact(var number) ? number : 0))
                .toList();
        proposals.applied(entry.stamp(), new EntryResult.Applied(outcomes));
    }
}
