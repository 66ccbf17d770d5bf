package io.metastore.server.raft.election;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.RaftRpcReplyProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteReplyProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.junit.jupiter.api.Test;

/// The members a, b and c; b leads in term 7. The bounds of the election timeout are 600 and 1200 ms.
class ElectionClockTest {
    private final FakeFollower member = new FakeFollower("a");
    private final ElectionClock clock = member.clock();

    @Test
    void aLeaderThatIsHeardStaysLeader() {
        member.silentMillis = 999;
        tick(20);

        assertThat(member.asked).isEmpty();
    }

    /// Ratis asks after up to twice the upper bound.
    @Test
    void eachFollowerMissesItsLeaderAfterATimeOfItsOwnWithinTheBounds() {
        member.silentMillis = 1_000;
        tick(1);
        assertThat(member.asked).hasSize(2);

        var other = new FakeFollower("c");
        other.silentMillis = 1_199;
        other.clock().tick();
        assertThat(other.asked).isEmpty();
        other.silentMillis = 1_200;
        other.clock().tick();
        assertThat(other.asked).hasSize(2);
    }

    @Test
    void theOthersAreAskedWhetherTheyWouldVoteAndNoTermIsRaised() {
        silent();
        tick(1);

        assertThat(member.asked).extracting(FakeFollower.Asked::address).containsExactlyInAnyOrder("b:1", "c:1");
        assertThat(member.asked).allSatisfy(asked -> {
            assertThat(asked.request().getPreVote()).isTrue();
            assertThat(asked.request().getCandidateTerm()).isEqualTo(7);
            assertThat(asked.request().getCandidateLastEntry().getIndex()).isEqualTo(41);
        });
        assertThat(member.elections).isEmpty();
    }

    @Test
    void oneElectionIsHeldWhenAMajorityWouldVote() {
        silent();
        tick(1);
        grant("c", 7);
        assertThat(member.elections).hasSize(1);
        grant("b", 7);

        assertThat(member.elections).singleElement().satisfies(request -> {
            assertThat(RaftPeerId.valueOf(request.getServerRequest().getRequestorId()))
                    .hasToString("b");
            assertThat(request.getLeaderLastEntry().getTerm()).isEqualTo(7);
        });
    }

    @Test
    void noElectionIsHeldWhenTheOthersHearTheLeader() {
        silent();
        tick(1);
        refuse("c");
        refuse("b");

        assertThat(member.elections).isEmpty();
    }

    /// It would be an election in the term of a leader that there is already.
    @Test
    void aVoteOfAMemberInAHigherTermIsNotTaken() {
        silent();
        tick(1);
        grant("c", 8);

        assertThat(member.elections).isEmpty();
    }

    @Test
    void aLeaderThatIsHeardWhileTheOthersAreAskedStaysLeader() {
        silent();
        tick(1);
        member.silentMillis = 3;
        grant("c", 7);

        assertThat(member.elections).isEmpty();
    }

    @Test
    void anotherLeaderIsNotMissedForTheSilenceOfTheOneBefore() {
        silent();
        tick(1);
        member.leader = "c";
        member.term = 8;
        member.lastTerm = 8;
        grant("c", 7);

        assertThat(member.elections).isEmpty();
    }

    @Test
    void whileItLastsTheOthersAreAskedMoreAndMoreSeldom() {
        silent();
        tick(100);
        assertThat(member.asked).hasSize(2);
        member.pass(Duration.ofMillis(100));
        tick(100);
        assertThat(member.asked).hasSize(4);
        member.pass(Duration.ofMillis(100));
        tick(100);
        assertThat(member.asked).hasSize(4);
        for (int second = 0; second < 60; second++) {
            member.pass(Duration.ofSeconds(1));
            tick(1);
        }

        assertThat(member.asked).hasSizeBetween(100, 124);
    }

    @Test
    void afterTheLeaderWasHeardTheOthersAreAskedAtOnceAgain() {
        silent();
        for (int second = 0; second < 10; second++) {
            member.pass(Duration.ofSeconds(1));
            tick(1);
        }
        member.silentMillis = 0;
        tick(1);
        member.asked.clear();
        silent();
        member.pass(Duration.ofSeconds(1));
        tick(1);
        member.pass(Duration.ofMillis(100));
        tick(1);

        assertThat(member.asked).hasSize(4);
    }

    /// The follower waits for its own disk, and has heard its leader.
    @Test
    void anAppendOnItsWayToTheDiskIsNoSilence() {
        silent();
        member.outstanding = 1;
        tick(1);

        assertThat(member.asked).isEmpty();
    }

    @Test
    void whoDoesNotFollowAsksNobody() {
        silent();
        member.follows = false;
        tick(1);

        assertThat(member.asked).isEmpty();
    }

    @Test
    void beforeTheFirstEntryOfALeaderRatissClockDecides() {
        silent();
        member.lastTerm = 6;
        tick(1);

        assertThat(member.asked).isEmpty();
    }

    @Test
    void aLearnerAsksNobody() {
        var learner = new FakeFollower("learner");
        learner.silentMillis = 100_000;
        learner.clock().tick();

        assertThat(learner.asked).isEmpty();
    }

    @Test
    void anElectionThatCannotBeHeldIsTriedAgain() {
        silent();
        member.failing = Optional.of(new IOException("the member is starting"));
        tick(1);
        grant("c", 7);
        assertThat(member.elections).hasSize(1);
        member.pass(Duration.ofMillis(100));
        member.asked.clear();
        tick(1);
        grant("c", 7);

        assertThat(member.elections).hasSize(2);
    }

    private void silent() {
        member.silentMillis = 2_000;
    }

    private void tick(int times) {
        for (int time = 0; time < times; time++) {
            clock.tick();
        }
    }

    private void grant(String voter, long term) {
        answer(voter, true, term);
    }

    private void refuse(String voter) {
        answer(voter, false, 7);
    }

    private void answer(String voter, boolean success, long term) {
        for (var asked : List.copyOf(member.asked)) {
            if (asked.address().equals(voter + ":1")) {
                asked.answer()
                        .complete(RequestVoteReplyProto.newBuilder()
                                .setServerReply(RaftRpcReplyProto.newBuilder().setSuccess(success))
                                .setTerm(term)
                                .build());
            }
        }
    }
}
