package io.metastore.server.raft.watchdog;

import static io.metastore.server.raft.watchdog.Seen.B;
import static io.metastore.server.raft.watchdog.Seen.C;
import static io.metastore.server.raft.watchdog.Seen.LIMITS;
import static io.metastore.server.raft.watchdog.Seen.each;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.raft.watchdog.Action.EndNoSpace;
import io.metastore.server.raft.watchdog.Action.Exit;
import io.metastore.server.raft.watchdog.Action.Halt;
import io.metastore.server.raft.watchdog.Action.Kick;
import io.metastore.server.raft.watchdog.Action.RaiseNoSpace;
import io.metastore.server.raft.watchdog.Action.StepDown;
import io.metastore.server.raft.watchdog.Action.TransferLeadership;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.ratis.util.LifeCycle.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// The rules that look at the member once a second.
class RulesTest {
    @Test
    void aHealthyMemberIsLeftAlone() {
        var rules = new Rules(LIMITS);
        for (var second = 0; second < 600; second++) {
            assertThat(rules.examine(Seen.healthy(), second * 1000L)).isEmpty();
            assertThat(rules.examine(Seen.following(), second * 1000L)).isEmpty();
        }
    }

    @Test
    void aSilentPeerIsKickedOnceInFifteenSeconds() {
        var silent = Seen.leading(Map.of(B, 5001L, C, 5000L));

        var actions = each(new SilentPeers(LIMITS), silent, 0, 30);

        assertThat(actions)
                .hasSize(3)
                .allSatisfy(action -> assertThat(action)
                        .isInstanceOfSatisfying(
                                Kick.class, kick -> assertThat(kick.peer()).isEqualTo(B)));
    }

    /// Ratis counts a peer's silence from an election timeout before the leader's first word to it. A kick cuts the
    /// peer off for seconds, and two of them take the leader's majority away.
    @ParameterizedTest
    @ValueSource(longs = {1_200, 6_000, 60_000})
    void noPeerOfANewLeaderIsKickedHoweverLongTheElectionTimeout(long longestElection) {
        var rule = new SilentPeers(WatchdogLimits.standard(Duration.ofMillis(longestElection)));

        assertThat(rule.examine(Seen.leading(Map.of(B, longestElection, C, longestElection + 500)), 0))
                .isEmpty();
        assertThat(rule.examine(Seen.leading(Map.of(B, 5_000 + 2 * longestElection)), 0))
                .hasSize(1);
    }

    @Test
    void twoSilentPeersAreKickedEach() {
        var silent = Seen.leading(Map.of(B, 6000L, C, 7000L));

        assertThat(new SilentPeers(LIMITS).examine(silent, 0)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"EXCEPTION", "CLOSING", "CLOSED"})
    void aStoppedGroupEndsTheProcess(State life) {
        assertThat(new StoppedGroup(LIMITS).examine(Seen.living(life), 0))
                .hasOnlyElementsOfType(Exit.class)
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"NEW", "STARTING", "RUNNING"})
    void aGroupThatWaitsToBeAddedOrRunsIsLeftAlone(State life) {
        assertThat(each(new StoppedGroup(LIMITS), Seen.living(life), 0, 600)).isEmpty();
    }

    @Test
    void aGroupMayBePausedForAWhileOnly() {
        var rule = new StoppedGroup(LIMITS);

        assertThat(each(rule, Seen.living(State.PAUSED), 0, 30)).isEmpty();
        assertThat(each(rule, Seen.living(State.RUNNING), 31, 31)).isEmpty();
        assertThat(each(rule, Seen.living(State.PAUSING), 32, 62)).isEmpty();
        assertThat(each(rule, Seen.living(State.PAUSED), 63, 63))
                .hasOnlyElementsOfType(Exit.class)
                .hasSize(1);
    }

    @Test
    void aDeposedLeaderStepsDownOnceAndIsHaltedWhenItDoesNot() {
        var rule = new DeposedLeader(LIMITS);
        var deposed = Seen.terms(true, 7, 8);

        assertThat(each(rule, deposed, 0, 2)).isEmpty();
        assertThat(each(rule, deposed, 3, 4))
                .hasOnlyElementsOfType(StepDown.class)
                .hasSize(1);
        assertThat(each(rule, deposed, 5, 5)).hasOnlyElementsOfType(Halt.class).hasSize(1);
    }

    @Test
    void aLeaderThatSteppedDownInTimeIsLeftAlone() {
        var rule = new DeposedLeader(LIMITS);

        assertThat(each(rule, Seen.terms(true, 7, 8), 0, 2)).isEmpty();
        assertThat(each(rule, Seen.terms(false, 7, 8), 3, 3)).isEmpty();
        assertThat(each(rule, Seen.terms(true, 9, 8), 4, 60)).isEmpty();
        assertThat(each(rule, Seen.terms(true, 9, 10), 61, 64))
                .hasOnlyElementsOfType(StepDown.class)
                .hasSize(1);
    }

    @Test
    void noSpaceIsRaisedBelowFivePercentAndAgainWhileItLasts() {
        assertThat(each(new ScarceSpace(LIMITS), Seen.space(50), 0, 100)).isEmpty();
        assertThat(each(new ScarceSpace(LIMITS), Seen.space(49), 0, 59))
                .hasOnlyElementsOfType(RaiseNoSpace.class)
                .hasSize(2);
    }

    @Test
    void theAlarmEndsOnceWhenThereIsClearlyRoomAgain() {
        var rule = new ScarceSpace(LIMITS);

        assertThat(each(rule, Seen.space(60), 0, 1)).as("there was none").isEmpty();
        assertThat(each(rule, Seen.space(49), 2, 2)).hasSize(1);
        assertThat(each(rule, Seen.space(59), 3, 60)).isEmpty();
        assertThat(each(rule, Seen.space(60), 61, 120))
                .hasOnlyElementsOfType(EndNoSpace.class)
                .hasSize(1);
        assertThat(each(rule, Seen.space(49), 121, 121))
                .hasOnlyElementsOfType(RaiseNoSpace.class)
                .hasSize(1);
    }

    @Test
    void leadershipIsTransferredWhenAMemberHasNoSenderForThreeSeconds() {
        var lost = Seen.leading(Map.of(B, 1L));

        assertThat(each(new LostSenders(LIMITS), lost, 0, 2)).isEmpty();
        assertThat(each(new LostSenders(LIMITS), lost, 0, 12))
                .hasOnlyElementsOfType(TransferLeadership.class)
                .hasSize(1);
        assertThat(each(new LostSenders(LIMITS), lost, 0, 13)).hasSize(2);
    }

    @Test
    void aSenderMayBeMissingWhileTheConfigurationChangesOrForAMoment() {
        var rule = new LostSenders(LIMITS);
        var both = Set.of(B, C);

        assertThat(each(rule, Seen.leading(both, Map.of(B, 1L), true), 0, 60)).isEmpty();
        assertThat(each(rule, Seen.leading(both, Map.of(B, 1L), false), 61, 63)).isEmpty();
        assertThat(each(rule, Seen.leading(both, Map.of(C, 1L), false), 64, 66)).isEmpty();
        assertThat(each(rule, Seen.following(), 67, 90)).isEmpty();
    }
}
