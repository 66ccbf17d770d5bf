package io.metastore.server.raft.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.PendingChange;
import io.metastore.server.consensus.PendingChange.Kind;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StepTest {
    private static final MemberId SELF = new MemberId(1);

    @Test
    void nothingIsDoneWhenBothAgree() {
        assertThat(next(seats(1, 2, 3), members(voters(1, 2, 3)))).isEqualTo(new Step.Nothing());
    }

    @Test
    void nothingIsDoneWhileAChangeIsUnderWayOrBeforeTheClusterIsFounded() {
        assertThat(next(new Seats(ids(1, 2, 3), ids(), false), members(voters(1))))
                .isEqualTo(new Step.Nothing());
        assertThat(next(seats(1, 2, 3), Membership.NONE)).isEqualTo(new Step.Nothing());
    }

    @Test
    void whoWasRemovedGoesOneAtATime() {
        assertThat(next(seats(1, 2, 3), members(voters(1)))).isEqualTo(new Step.Remove(new MemberId(2)));
        assertThat(next(new Seats(ids(1), ids(5), true), members(voters(1))))
                .isEqualTo(new Step.Remove(new MemberId(5)));
    }

    @Test
    void aLeaderThatWasRemovedHandsOverLast() {
        assertThat(next(seats(1, 2, 3), members(voters(2)))).isEqualTo(new Step.Remove(new MemberId(3)));
        assertThat(next(seats(1, 2), members(voters(2)))).isEqualTo(new Step.HandOver());
    }

    @Test
    void aPromotedLearnerVotes() {
        assertThat(next(new Seats(ids(1), ids(2), true), members(voters(1, 2))))
                .isEqualTo(new Step.Promote(member(2, false)));
    }

    @Test
    void whoIsMissingIsAddedWhicheverRuns() {
        var wanted = members(List.of(member(1, false), member(2, false), member(3, true)));

        assertThat(next(seats(1), wanted)).isEqualTo(new Step.Add(List.of(member(2, false), member(3, true))));
    }

    /// Those that hold data are preferred as leaders, and only they are waited for before a log is let go.
    @Test
    void aVoterThatSaysItIsAWitnessIsRankedAsOneAndOneThatIsNoneAnyMoreIsNot() {
        var witness = member(2, false).introduced("w", List.of(), true);
        var wanted = members(List.of(member(1, false), witness));

        assertThat(next(seats(1, 2), wanted)).isEqualTo(new Step.Rank(witness));
        assertThat(next(new Seats(ids(1, 2), ids(), ids(2), true), wanted)).isEqualTo(new Step.Nothing());
        assertThat(next(new Seats(ids(1, 2), ids(), ids(2), true), members(voters(1, 2))))
                .isEqualTo(new Step.Rank(member(2, false)));
    }

    @Test
    void whoLeavesGoesBeforeOthersCome() {
        assertThat(next(seats(1, 2, 3), members(voters(1, 2, 4)))).isEqualTo(new Step.Remove(new MemberId(3)));
    }

    @Test
    void aVoterLeavesInOneStepWithTheLearnerThatVotesInItsPlace() {
        var seats = new Seats(ids(1, 2, 3), ids(4), true);

        assertThat(next(seats, members(voters(1, 2, 4)))).isEqualTo(new Step.Swap(new MemberId(3), member(4, false)));
        assertThat(next(seats, members(voters(2, 3, 4))))
                .as("the leader itself leaves when it leads no more")
                .isEqualTo(new Step.HandOver());
    }

    @Test
    void ofOneOrTwoVotersNoneLeavesBeforeTheLearnerVotes() {
        assertThat(next(new Seats(ids(1, 2), ids(4), true), members(voters(1, 4))))
                .isEqualTo(new Step.Promote(member(4, false)));
        assertThat(next(seats(1, 2, 4), members(voters(1, 4)))).isEqualTo(new Step.Remove(new MemberId(2)));
        assertThat(next(new Seats(ids(1), ids(4), true), members(voters(4))))
                .isEqualTo(new Step.Promote(member(4, false)));
    }

    @Test
    void aLearnerThatLeavesIsNobodysPlace() {
        assertThat(next(new Seats(ids(1, 2), ids(4, 5), true), members(voters(1, 2, 4))))
                .isEqualTo(new Step.Remove(new MemberId(5)));
    }

    @Test
    void whatIsToBeDoneIsTold() {
        assertThat(new Step.Nothing().pending()).isEmpty();
        assertThat(new Step.Add(List.of(member(2, false), member(3, true))).pending())
                .contains(new PendingChange(Kind.ADD, List.of(new MemberId(2), new MemberId(3))));
        assertThat(new Step.Swap(new MemberId(3), member(4, false)).pending())
                .contains(new PendingChange(Kind.SWAP, List.of(new MemberId(3), new MemberId(4))));
    }

    private static Step next(Seats seats, Membership members) {
        return Step.next(seats, members, SELF);
    }

    private static Seats seats(long... voters) {
        return new Seats(ids(voters), Set.of(), true);
    }

    private static Set<MemberId> ids(long... numbers) {
        return LongStream.of(numbers).mapToObj(MemberId::new).collect(Collectors.toSet());
    }

    private static List<Member> voters(long... numbers) {
        return LongStream.of(numbers).mapToObj(number -> member(number, false)).toList();
    }

    private static Member member(long number, boolean learner) {
        return Member.unstarted(new MemberId(number), List.of("http://m" + number + ":1"), learner);
    }

    private static Membership members(List<Member> members) {
        var membership = Membership.NONE;
        for (var member : members) {
            membership = membership.with(member);
        }
        return membership;
    }
}
