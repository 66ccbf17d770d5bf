package io.metastore.server.raft.propose;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingCommandsTest {
    private static final int MANY = 100;

    private final WaitingCommands waiting = new WaitingCommands();
    private final List<Outcome> answers = new ArrayList<>();

    @Test
    void commandsLeaveInTheOrderInWhichTheyCame() {
        var first = add(1);
        var second = add(2);

        assertThat(waiting.take(new FakeSink(1), MANY, 10)).containsExactly(first, second);
        assertThat(waiting.isEmpty()).isTrue();
        assertThat(waiting.bytes()).isZero();
    }

    @Test
    void anEntryIsCutWhereTheNextCommandDoesNotFit() {
        var first = add(1);
        var second = add(2);
        var third = add(3);
        int two = first.bytes() + second.bytes();

        assertThat(waiting.take(new FakeSink(1), two, 10)).containsExactly(first, second);
        assertThat(waiting.bytes()).isEqualTo(third.bytes());
    }

    @Test
    void anEntryIsCutAtTheNumberOfCommands() {
        var first = add(1);
        add(2);

        assertThat(waiting.take(new FakeSink(1), MANY, 1)).containsExactly(first);
    }

    @Test
    void aCommandThatIsTooGreatForAnEntryTravelsAlone() {
        var great = add(1);
        add(2);

        assertThat(waiting.take(new FakeSink(1), 1, 10)).containsExactly(great);
    }

    @Test
    void aCommandBoundToAnotherEpochIsRefusedAndOneOfThisEpochIsTaken() {
        var old = add(1, 4);
        var now = add(2, 5);

        assertThat(waiting.take(new FakeSink(5), MANY, 10)).containsExactly(now);
        assertThat(old.isAnswered()).isTrue();
        assertThat(answers).containsExactly(new Outcome.Refused(Reason.LEADER_CHANGED));
    }

    @Test
    void aCommandThatTheLeaderDoesNotTakeIsRefusedAndTheNextIsTaken() {
        var great = add(Long.MAX_VALUE);
        var small = add(1);
        int fits = small.bytes() + ProposalLimits.FRAME_BYTES;

        assertThat(waiting.take(new FakeSink(1, fits), MANY, 10)).containsExactly(small);
        assertThat(great.isAnswered()).isTrue();
        assertThat(answers).containsExactly(new Outcome.Refused(Reason.REQUEST_TOO_LARGE));
        assertThat(waiting.bytes()).isZero();
    }

    @Test
    void aCommandThatWasAnsweredMeanwhileIsNotSent() {
        var late = add(1);
        late.refuse(Reason.TIMED_OUT);

        assertThat(waiting.take(new FakeSink(1), MANY, 10)).isEmpty();
        assertThat(waiting.addBack(List.of(late))).isEmpty();
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void whatWasSentInVainGoesBackToTheFrontInItsOrder() {
        var first = add(1);
        var second = add(2);
        var bound = add(3, 5);
        var sent = waiting.take(new FakeSink(5), MANY, 10);
        var third = add(4);

        assertThat(waiting.addBack(sent)).containsExactly(bound);
        assertThat(waiting.bytes()).isEqualTo(first.bytes() + second.bytes() + third.bytes());
        assertThat(waiting.take(new FakeSink(6), MANY, 10)).containsExactly(first, second, third);
    }

    @Test
    void whatIsDueIsRemovedFromTheFront() {
        var first = add(1);
        var second = add(2);

        assertThat(waiting.removeDue(0)).isEmpty();
        assertThat(waiting.removeDue(1)).containsExactly(first);
        assertThat(waiting.bytes()).isEqualTo(second.bytes());
        assertThat(waiting.removeAll()).containsExactly(second);
        assertThat(waiting.bytes()).isZero();
    }

    private Pending add(long number) {
        return add(number, Pending.ANY_EPOCH);
    }

    /// A command that is due at `number` nanoseconds.
    private Pending add(long number, long epoch) {
        var pending = new Pending(new Command.Compact(number), answers::add, number, epoch);
        waiting.add(pending);
        return pending;
    }
}
