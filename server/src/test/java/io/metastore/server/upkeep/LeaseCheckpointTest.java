package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.LeaseAnswer.Alive;
import io.metastore.server.consensus.LeaseAnswer.Gone;
import io.metastore.server.consensus.LeaseAnswer.Refused;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Command.CheckpointLeases;
import io.metastore.server.request.Command.CheckpointLeases.Remaining;
import io.metastore.server.request.Command.RevokeLease;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Notes of remaining times: when they are made, and that a renewal is never undone by one.
class LeaseCheckpointTest {
    private final Leases leases = new Leases();

    @AfterEach
    void close() {
        leases.close();
    }

    @Test
    void aLeaseThatIsNotRenewedIsNotedEachTimeHalfOfTheRestHasPassed() {
        leases.lead();
        leases.grant(1, 16);

        leases.pass(Duration.ofSeconds(17));

        assertThat(leases.applied.stream().filter(CheckpointLeases.class::isInstance))
                .containsExactly(note(1, 8), note(1, 4), note(1, 2), note(1, 1));
        assertThat(leases.exists(1)).isFalse();
    }

    @Test
    void aLeaderChangeGivesAtMostTwiceWhatWasLeft() {
        leases.lead();
        leases.grant(1, 100);

        leases.pass(Duration.ofSeconds(70));
        leases.keeper.end();
        leases.lead();

        assertThat(leases.timeToLive(1)).containsExactly(new Alive(50_000, 100));
    }

    @Test
    void aLeaseThatHadRunOutIsNotGivenItsWholeTimeAgain() {
        leases.lead();
        leases.grant(1, 100);
        leases.pass(Duration.ofSeconds(101), CheckpointLeases.class::isInstance);
        leases.keeper.end();
        leases.proposer.refuseAll(Reason.LEADER_CHANGED);

        leases.lead();

        assertThat(leases.timeToLive(1).getFirst())
                .isInstanceOfSatisfying(
                        Alive.class,
                        alive -> assertThat(alive.remainingMillis()).isLessThanOrEqualTo(2_000));
    }

    @Test
    void manyLeasesShareOneCommand() {
        leases.lead();
        LongStream.rangeClosed(1, 10).forEach(id -> leases.grant(id, 20));

        leases.pass(Duration.ofSeconds(10), _ -> false);

        assertThat(leases.proposer.pending()).hasSize(Leases.SETTINGS.checkpointsInFlight());
        assertThat(leases.proposer.pending())
                .allSatisfy(command -> assertThat(((CheckpointLeases) command).leases())
                        .hasSize(Leases.SETTINGS.leasesPerCheckpoint()));
        leases.settle(_ -> true);
        assertThat(leases.table.all())
                .allSatisfy(lease -> assertThat(lease.remainingSeconds()).isEqualTo(10));
    }

    @Test
    void aRenewalOfANotedLeaseIsAnsweredOnceTheNoteIsCleared() {
        leases.lead();
        leases.grant(1, 10);
        leases.pass(Duration.ofSeconds(6));

        var first = leases.renew(1);
        assertThat(first).isEmpty();
        var second = leases.renew(1);
        assertThat(leases.proposer.pending()).containsExactly(note(1, 0));

        leases.time.pass(Duration.ofSeconds(1));
        leases.settle(_ -> true);
        assertThat(first).containsExactly(new Alive(10_000, 10));
        assertThat(second).containsExactly(new Alive(10_000, 10));
        assertThat(leases.timeToLive(1)).containsExactly(new Alive(10_000, 10));
        assertThat(hasCheckpoint(1)).isFalse();
        assertThat(leases.renew(1)).containsExactly(new Alive(10_000, 10));
    }

    @Test
    void aLeaseDoesNotRunOutWhileItsRenewalIsUnderWay() {
        leases.lead();
        leases.grant(1, 10);
        leases.pass(Duration.ofSeconds(9));
        var answers = leases.renew(1);

        leases.pass(Duration.ofSeconds(5), _ -> false);
        assertThat(leases.proposer.pending()).containsExactly(note(1, 0));

        leases.settle(_ -> true);
        assertThat(answers).containsExactly(new Alive(10_000, 10));
        assertThat(leases.exists(1)).isTrue();
    }

    @Test
    void aRenewalWhoseNoteCannotBeClearedIsRefusedAndTheLeaseRunsOut() {
        leases.lead();
        leases.grant(1, 10);
        leases.pass(Duration.ofSeconds(9));
        var answers = leases.renew(1);

        leases.proposer.refuseAll(Reason.TIMED_OUT);
        leases.turn();

        assertThat(answers).containsExactly(new Refused(Reason.TIMED_OUT));
        leases.pass(Duration.ofSeconds(2));
        assertThat(leases.exists(1)).isFalse();
    }

    @Test
    void aLeaseRevokedWhileItsRenewalIsUnderWayIsGone() {
        leases.lead();
        leases.grant(1, 10);
        leases.pass(Duration.ofSeconds(6));
        var answers = leases.renew(1);

        leases.apply(new RevokeLease(LeaseId.of(1)));
        leases.settle(_ -> true);

        assertThat(answers).containsExactly(new Gone());
    }

    /// Danger: answered at once, the renewal would be undone by the note that is already on its way: the next leader
    /// would give the lease 5 s, not 10.
    @Test
    void aRenewalThatMeetsANoteOnItsWayClearsIt() {
        leases.lead();
        leases.grant(1, 10);
        leases.pass(Duration.ofSeconds(5), _ -> false);
        assertThat(leases.proposer.pending()).containsExactly(note(1, 5));

        var answers = leases.renew(1);
        assertThat(answers).isEmpty();
        assertThat(leases.proposer.pending()).containsExactly(note(1, 5), note(1, 0));
        leases.settle(_ -> true);

        assertThat(answers).containsExactly(new Alive(10_000, 10));
        leases.keeper.end();
        leases.lead();
        assertThat(leases.timeToLive(1)).containsExactly(new Alive(10_000, 10));
    }

    /// A note whose outcome was not known can still be applied, after the renewal that should have cleared it.
    @Test
    void aNoteThatComesLateIsCorrected() {
        leases.lead();
        leases.grant(1, 10);
        leases.pass(Duration.ofSeconds(2));

        leases.apply(note(1, 3));
        leases.turn();

        assertThat(leases.proposer.pending()).containsExactly(note(1, 8));
        leases.settle(_ -> true);
        assertThat(leases.timeToLive(1)).containsExactly(new Alive(8_000, 10));
        leases.keeper.end();
        leases.lead();
        assertThat(leases.timeToLive(1)).containsExactly(new Alive(8_000, 10));
    }

    @Test
    void aNoteThatComesRightAfterTheRenewalIsCleared() {
        leases.lead();
        leases.grant(1, 10);

        leases.apply(note(1, 3));
        leases.turn();

        assertThat(leases.proposer.pending()).containsExactly(note(1, 0));
        leases.settle(_ -> true);
        assertThat(leases.renew(1)).containsExactly(new Alive(10_000, 10));
    }

    @Test
    void aRefusedNoteIsMadeAgain() {
        leases.lead();
        leases.grant(1, 16);
        leases.pass(Duration.ofSeconds(8), _ -> false);

        leases.proposer.refuseAll(Reason.TIMED_OUT);
        leases.pass(Leases.SETTINGS.retry().plusMillis(500), _ -> false);

        assertThat(leases.proposer.pending()).containsExactly(note(1, 8));
    }

    private boolean hasCheckpoint(long id) {
        return leases.table.find(LeaseId.of(id)).orElseThrow().hasCheckpoint();
    }

    private static Command note(long id, long seconds) {
        return new CheckpointLeases(List.of(new Remaining(LeaseId.of(id), seconds)));
    }
}
