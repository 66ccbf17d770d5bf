package io.metastore.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.Contacts.Contact;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import io.metastore.server.request.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// In the words of a cluster: `L` is the leader, others are started and connected for long unless they are
/// named `new` (never started), `late` (connected a moment ago) or `down`.
class QuorumCheckTest {
    private static final Contact STEADY = new Contact(100, 5000);

    @Test
    void aVoterIsAddedToAWholeCluster() {
        assertThat(cluster("L").refusesAdd(false)).isEmpty();
        assertThat(cluster("L", "a").refusesAdd(false)).isEmpty();
        assertThat(cluster("L", "a", "b").refusesAdd(false)).isEmpty();
    }

    @Test
    void aSecondVoterIsNotAddedBeforeTheFirstWasStarted() {
        assertThat(cluster("L", "new").refusesAdd(false)).contains(Reason.NOT_ENOUGH_STARTED);
        assertThat(cluster("L", "new").refusesAdd(true)).contains(Reason.UNHEALTHY_CLUSTER);
    }

    @Test
    void nobodyIsAddedWhileAVoterIsDownOrOnlyJustBack() {
        for (var state : List.of("late", "down")) {
            assertThat(cluster("L", "a", state).refusesAdd(false)).contains(Reason.UNHEALTHY_CLUSTER);
            assertThat(cluster("L", "a", state).refusesAdd(true)).contains(Reason.UNHEALTHY_CLUSTER);
        }
    }

    @Test
    void theOnlyVoterIsNotRemoved() {
        assertThat(cluster("L").refusesRemoval(id("L"))).contains(Reason.NOT_ENOUGH_STARTED);
        assertThat(cluster("L", "new").refusesRemoval(id("L"))).contains(Reason.NOT_ENOUGH_STARTED);
    }

    @Test
    void aMemberThatIsDownOrWasNeverStartedIsRemoved() {
        assertThat(cluster("L", "down").refusesRemoval(id("down"))).isEmpty();
        assertThat(cluster("L", "new").refusesRemoval(id("new"))).isEmpty();
        assertThat(cluster("L", "a", "down").refusesRemoval(id("down"))).isEmpty();
    }

    @Test
    void aMemberThatIsNeededIsNotRemoved() {
        assertThat(cluster("L", "a", "down").refusesRemoval(id("a"))).contains(Reason.UNHEALTHY_CLUSTER);
        assertThat(cluster("L", "a", "down").refusesRemoval(id("L"))).contains(Reason.UNHEALTHY_CLUSTER);
        assertThat(cluster("L", "a", "b").refusesRemoval(id("a"))).isEmpty();
        assertThat(cluster("L", "a", "b").refusesRemoval(id("L"))).isEmpty();
    }

    @Test
    void aCountsOfFiveIsLikeEtcds() {
        // Four of five are connected: without one of them three would be, of four.
        assertThat(cluster("L", "a", "b", "c", "down").refusesRemoval(id("a"))).isEmpty();
        assertThat(cluster("L", "a", "b", "late", "down").refusesRemoval(id("a")))
                .contains(Reason.UNHEALTHY_CLUSTER);
    }

    @Test
    void aLearnerIsRemovedAtAnyTime() {
        var check = new QuorumCheck(membership(List.of("L", "down"), "learner"), contacts("L", Map.of()));

        assertThat(check.refusesRemoval(id("learner"))).isEmpty();
    }

    @Test
    void aLearnerIsPromotedWhenItHasNineTenthsOfTheLog() {
        for (var match : List.of(90L, 100L)) {
            assertThat(withLearner(match).lacksLog(id("learner"))).isEmpty();
        }
        for (var match : List.of(-1L, 0L, 89L)) {
            assertThat(withLearner(match).lacksLog(id("learner"))).contains(Reason.LEARNER_NOT_IN_SYNC);
        }
        assertThat(withLearner(100).lacksLog(id("nobody"))).contains(Reason.MEMBER_NOT_FOUND);
        assertThat(withLearner(100).lacksLog(id("L")))
                .as("told apart when it is applied")
                .isEmpty();
    }

    @Test
    void aPromotionCountsTheLearnerAsStarted() {
        assertThat(cluster("L").refusesPromotion()).isEmpty();
        assertThat(cluster("L", "new").refusesPromotion()).isEmpty();
        assertThat(cluster("L", "new", "down-new").refusesPromotion()).contains(Reason.NOT_ENOUGH_STARTED);
    }

    private static QuorumCheck withLearner(long match) {
        return new QuorumCheck(
                membership(List.of("L"), "learner"), contacts("L", Map.of(id("learner"), new Contact(match, 10))));
    }

    private static QuorumCheck cluster(String... voters) {
        var others = new HashMap<MemberId, Contact>();
        for (var voter : voters) {
            if (!voter.equals("L") && !voter.contains("new")) {
                others.put(id(voter), contact(voter));
            }
        }
        return new QuorumCheck(membership(List.of(voters)), contacts("L", others));
    }

    private static Contact contact(String name) {
        return switch (name) {
            case "late" -> new Contact(100, 4999);
            case "down" -> new Contact(100, 0);
            default -> STEADY;
        };
    }

    private static Contacts.Known contacts(String leader, Map<MemberId, Contact> others) {
        return new Contacts.Known(id(leader), 100, others);
    }

    private static Membership membership(List<String> voters, String... learners) {
        var members = Membership.NONE;
        for (var name : voters) {
            members = members.with(member(name, false));
        }
        for (var name : learners) {
            members = members.with(member(name, true));
        }
        return members;
    }

    private static Member member(String name, boolean learner) {
        var told = name.contains("new") ? "" : name;
        return new Member(id(name), told, List.of("http://" + name + ":1"), List.of(), learner);
    }

    private static MemberId id(String name) {
        return new MemberId(name.hashCode());
    }
}
