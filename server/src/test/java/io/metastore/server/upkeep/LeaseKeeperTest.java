package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.LeaseAnswer.Alive;
import io.metastore.server.consensus.LeaseAnswer.Gone;
import io.metastore.server.consensus.LeaseAnswer.Refused;
import io.metastore.server.lease.Lease;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Command.CheckpointLeases;
import io.metastore.server.request.Command.CheckpointLeases.Remaining;
import io.metastore.server.request.Command.GrantLease;
import io.metastore.server.request.Command.RevokeLease;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseKeeperTest {
    private final Leases leases = new Leases();

    @AfterEach
    void close() {
        leases.close();
    }

    @Test
    void whoDoesNotLeadKnowsNoTimesAndEndsNothing() {
        leases.grant(1, 10);

        assertThat(leases.renew(1)).containsExactly(new Refused(Reason.NOT_LEADER));
        assertThat(leases.timeToLive(1)).containsExactly(new Refused(Reason.NOT_LEADER));
        leases.pass(Duration.ofSeconds(60));
        assertThat(leases.exists(1)).isTrue();
    }

    @Test
    void aNewLeaderGivesEveryLeaseItsFullTimeToLive() {
        leases.grant(1, 10);
        leases.time.pass(Duration.ofSeconds(9));

        leases.lead();

        assertThat(leases.timeToLive(1)).containsExactly(new Alive(10_000, 10));
    }

    @Test
    void aNewLeaderGivesACheckpointedLeaseWhatWasLeftOfIt() {
        leases.grant(1, 10);
        leases.apply(new CheckpointLeases(List.of(new Remaining(LeaseId.of(1), 4))));

        leases.lead();

        assertThat(leases.timeToLive(1)).containsExactly(new Alive(4_000, 10));
    }

    @Test
    void aLeaseEndsWhenItsTimeHasRunOutAndNotBefore() {
        leases.lead();
        leases.grant(1, 10);

        leases.pass(Duration.ofMillis(9_900));
        assertThat(leases.exists(1)).isTrue();

        leases.pass(Duration.ofMillis(200));
        assertThat(leases.exists(1)).isFalse();
        assertThat(leases.applied.stream().filter(RevokeLease.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aLeaseGrantedByTheLeaderStartsAtItsGrant() {
        leases.lead();
        leases.grant(1, 10);
        leases.time.pass(Duration.ofSeconds(3)); // no turn in between: the grant counts, not when it is noticed

        assertThat(leases.timeToLive(1)).containsExactly(new Alive(7_000, 10));
    }

    @Test
    void aRenewalBeginsTheTimeToLiveAnewAndCostsNoProposal() {
        leases.lead();
        leases.grant(1, 10);

        for (int renewal = 0; renewal < 10; renewal++) {
            leases.pass(Duration.ofSeconds(4));
            assertThat(leases.timeToLive(1)).containsExactly(new Alive(6_000, 10));
            assertThat(leases.renew(1)).containsExactly(new Alive(10_000, 10));
        }

        assertThat(leases.applied).containsExactly(new GrantLease(LeaseId.of(1), 10));
        leases.pass(Duration.ofMillis(10_100));
        assertThat(leases.exists(1)).isFalse();
    }

    @Test
    void anUnknownLeaseIsGone() {
        leases.lead();

        assertThat(leases.renew(1)).containsExactly(new Gone());
        assertThat(leases.timeToLive(1)).containsExactly(new Gone());
    }

    @Test
    void aRevokedLeaseIsGoneAndCanBeGrantedAnew() {
        leases.lead();
        leases.grant(1, 60);
        leases.apply(new RevokeLease(LeaseId.of(1)));
        assertThat(leases.renew(1)).containsExactly(new Gone());

        leases.grant(1, 5);

        assertThat(leases.renew(1)).containsExactly(new Alive(5_000, 5));
        leases.pass(Duration.ofMillis(5_100));
        assertThat(leases.exists(1)).isFalse();
    }

    @Test
    void anExpiredLeaseIsNotSavedByARenewal() {
        leases.lead();
        leases.grant(1, 10);
        leases.pass(Duration.ofSeconds(11), CheckpointLeases.class::isInstance);
        assertThat(leases.proposer.pending()).containsExactly(new RevokeLease(LeaseId.of(1)));

        var answers = leases.renew(1);
        assertThat(answers).isEmpty();
        assertThat(leases.timeToLive(1)).containsExactly(new Alive(0, 10));

        leases.settle(_ -> true);
        assertThat(answers).containsExactly(new Gone());
        assertThat(leases.timeToLive(1)).containsExactly(new Gone());
        assertThat(leases.exists(1)).isFalse();
    }

    @Test
    void aRenewalThatComesAfterTheEndButBeforeThatIsNoticedIsTooLate() {
        leases.lead();
        leases.grant(1, 2);
        leases.time.pass(Duration.ofSeconds(2));

        var answers = leases.renew(1);

        leases.settle(_ -> true);
        assertThat(answers).containsExactly(new Gone());
    }

    @Test
    void aRefusedEndIsProposedAgainWhileLeading() {
        leases.lead();
        leases.grant(1, 10);
        leases.pass(Duration.ofSeconds(11), CheckpointLeases.class::isInstance);
        var answers = leases.renew(1);

        leases.proposer.refuseAll(Reason.TOO_MANY_REQUESTS);
        leases.turn();

        assertThat(answers).containsExactly(new Refused(Reason.TOO_MANY_REQUESTS));
        assertThat(leases.proposer.isIdle()).isTrue();
        assertThat(leases.timeToLive(1)).containsExactly(new Alive(0, 10));
        leases.pass(Duration.ofMillis(500), _ -> false);
        assertThat(leases.proposer.pending()).containsExactly(new RevokeLease(LeaseId.of(1)));
    }

    @Test
    void onlySoManyEndsAreUnderWay() {
        leases.lead();
        LongStream.rangeClosed(1, 10).forEach(id -> leases.grant(id, 10));

        leases.pass(Duration.ofSeconds(11), CheckpointLeases.class::isInstance);
        assertThat(leases.proposer.pending()).hasSize(Leases.SETTINGS.revokesInFlight());

        leases.proposer.answerFirst(leases::apply);
        leases.turn();
        assertThat(leases.proposer.pending()).hasSize(Leases.SETTINGS.revokesInFlight());

        leases.settle(_ -> true); // no time passes: the next follow the answers, not the ticks
        assertThat(leases.table.all()).isEmpty();
    }

    @Test
    void whenTheLeadershipEndsNothingIsProposedAndWhoWaitsIsRefused() {
        leases.lead();
        leases.grant(1, 10);
        leases.grant(2, 10);
        leases.pass(Duration.ofSeconds(11), CheckpointLeases.class::isInstance);
        var answers = leases.renew(1);

        leases.keeper.end();
        leases.turn();

        assertThat(answers).containsExactly(new Refused(Reason.NOT_LEADER));
        leases.proposer.refuseAll(Reason.LEADER_CHANGED);
        leases.pass(Duration.ofSeconds(60), _ -> false);
        assertThat(leases.proposer.isIdle()).isTrue();
        assertThat(leases.exists(1)).isTrue();
    }

    @Test
    void whatIsAskedAtTheEndOfALeadershipIsNotAnsweredFromIt() {
        leases.lead();
        leases.grant(1, 10);
        var answers = new ArrayList<LeaseAnswer>();
        leases.keeper.renew(LeaseId.of(1), answers::add);

        leases.keeper.end();
        leases.turn();

        assertThat(answers).containsExactly(new Refused(Reason.NOT_LEADER));
    }

    @Test
    void theEndCanComeBeforeTheBeginningAndTheBeginningTwice() {
        leases.keeper.end();
        leases.grant(1, 10);

        leases.lead();
        leases.lead();

        assertThat(leases.timeToLive(1)).containsExactly(new Alive(10_000, 10));
    }

    @Test
    void aStateThatWasTakenOverReplacesAllLeases() {
        leases.lead();
        leases.grant(1, 10);

        leases.keeper.reloaded(List.of(new Lease(LeaseId.of(2), 20, 0)));

        assertThat(leases.timeToLive(1)).containsExactly(new Gone());
        assertThat(leases.timeToLive(2)).containsExactly(new Alive(20_000, 20));
    }

    @Test
    void leasesAreListedByTheTimeTheyHaveLeftOnTheLeaderAndByIdElsewhere() {
        leases.grant(1, 30);
        leases.grant(-2, 20);
        leases.grant(3, 10);
        assertThat(listed()).containsExactly(-2L, 1L, 3L);

        leases.lead();
        assertThat(listed()).containsExactly(3L, -2L, 1L);

        leases.pass(Duration.ofSeconds(14), CheckpointLeases.class::isInstance);
        leases.renew(-2);
        leases.settle(_ -> true);
        assertThat(listed()).containsExactly(1L, -2L);
    }

    @Test
    void tooManyQuestionsAtOnceAreRefused() {
        leases.lead();
        leases.grant(1, 10);
        var answers = new ArrayList<LeaseAnswer>();
        int limit = Leases.SETTINGS.pendingRequests();

        for (int question = 0; question < limit + 1; question++) {
            leases.keeper.renew(LeaseId.of(1), answers::add);
        }

        assertThat(answers).containsExactly(new Refused(Reason.TOO_MANY_REQUESTS));
        leases.turn();
        assertThat(answers).hasSize(limit + 1);
        assertThat(leases.renew(1)).containsExactly(new Alive(10_000, 10));
    }

    @Test
    void whoStopsRefusesWhatWaitsAndWhatComes() {
        leases.lead();
        leases.grant(1, 10);
        leases.pass(Duration.ofSeconds(11), CheckpointLeases.class::isInstance);
        var waiting = leases.renew(1);
        var asked = new ArrayList<LeaseAnswer>();
        leases.keeper.timeToLive(LeaseId.of(1), asked::add);

        leases.keeper.close();

        assertThat(waiting).containsExactly(new Refused(Reason.STOPPED));
        assertThat(asked).containsExactly(new Refused(Reason.STOPPED));
        var late = new ArrayList<LeaseAnswer>();
        leases.keeper.renew(LeaseId.of(1), late::add);
        assertThat(late).containsExactly(new Refused(Reason.NOT_LEADER));
    }

    @Test
    void theLongestLeaseDoesNotOverflow() {
        leases.lead();
        leases.grant(1, 9_000_000_000L);

        assertThat(leases.timeToLive(1)).containsExactly(new Alive(9_000_000_000_000L, 9_000_000_000L));
        leases.pass(Duration.ofSeconds(10));
        assertThat(leases.applied).hasSize(1);
    }

    @Test
    void veryManyLeasesThatRunOutAtOnceAreEndedInLargeGroups() {
        var settings = LeaseSettings.DEFAULT;
        int count = 50_000;
        var all = LongStream.rangeClosed(1, count)
                .mapToObj(id -> new Lease(LeaseId.of(id), 2, 0))
                .toList();
        try (var keeper = new LeaseKeeper(leases.table, settings, leases.time)) {
            keeper.begin(leases.proposer);
            keeper.reloaded(all);
            keeper.turn();
            leases.time.pass(Duration.ofSeconds(3));

            int rounds = 0;
            int ended = 0;
            while (ended < count) {
                keeper.turn();
                assertThat(leases.proposer.pending())
                        .hasSizeBetween(1, settings.revokesInFlight())
                        .hasOnlyElementsOfType(RevokeLease.class);
                ended += leases.proposer.answerAll(_ -> new Outcome.Accepted(1));
                rounds++;
            }

            assertThat(rounds).isLessThanOrEqualTo(count / settings.revokesInFlight() + 10);
            keeper.turn();
            assertThat(leases.proposer.isIdle()).isTrue();
        }
    }

    private List<Long> listed() {
        var listed = new ArrayList<Long>();
        leases.keeper.leases(Runnable::run, ids -> ids.forEach(id -> listed.add(id.number())));
        leases.turn();
        return listed;
    }
}
