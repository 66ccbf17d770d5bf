package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.Contacts.Contact;
import io.metastore.server.consensus.Members.Seat;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Members come and go while clients read and write at every one of them; nothing acknowledged is lost,
/// doubled or read back in time.
@Timeout(120)
class MembershipIT {
    private static final MemberId ONE = new MemberId(1);
    private static final MemberId TWO = new MemberId(2);
    private static final MemberId THREE = new MemberId(3);
    private static final MemberId FOUR = new MemberId(4);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int WRITES = 40;

    private final Evidence evidence = new Evidence();
    private final SimulatedClients clients = new SimulatedClients(evidence, List.of(ONE, TWO, THREE, FOUR));

    private final Path directory;

    private Optional<TestCluster> begun = Optional.empty();

    MembershipIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void nothingIsLostWhateverWasChanged() throws InterruptedException {
        awaitWrites();
        clients.stop();
        cluster().awaitEqual();
        assertThat(evidence.violations(cluster().histories())).isEmpty();
        assertThat(clients.reads()).isPositive();
        cluster().close();
    }

    @Test
    void aClusterGrowsFromOneToThree() throws IOException {
        begin(TestCluster.alone(directory, TestCluster.quick()));

        for (var id : List.of(TWO, THREE)) {
            add(id, false);
            awaitWrites(); // it is not started, and nobody waits for it
            start(id, false);
            awaitSeat(id, Seat.VOTER);
        }

        // Now two of three are enough, whoever they are.
        kill(cluster().leader());
        awaitWrites();
        assertThat(tableOf(cluster().leader())).containsExactly(ONE, TWO, THREE);
    }

    @Test
    void aLearnerIsFedAndVotesOnceItIsPromoted() throws IOException {
        begin(TestCluster.alone(directory, TestCluster.quick()));
        add(TWO, true);
        var learner = start(TWO, true);
        awaitSeat(TWO, Seat.LEARNER);
        assertThat(learner.consensus().isLearner()).isTrue();

        // It does not count: without it the only voter goes on.
        kill(learner);
        awaitWrites();
        learner = cluster().start(TWO);
        clients.serves(learner);
        awaitInSync(TWO);

        change(new MemberCommand.Promote(TWO));
        awaitSeat(TWO, Seat.VOTER);

        var promoted = learner;
        eventually(() -> assertThat(promoted.consensus().isLearner()).isFalse());
        cluster().leader().consensus().transferLeadership(TWO, _ -> {});
        eventually(() -> assertThat(promoted.consensus().state().isLeader()).isTrue());
    }

    @Test
    void aLeaderIsRemovedAndEndsWhenNobodyNeedsItsVoteAnyMore() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        var leader = cluster().leader();

        change(new MemberCommand.Remove(leader.id()));

        awaitEnd(leader);
        assertThat(cluster().leader().members().hasRemoved(leader.id())).isTrue();
        awaitSeat(leader.id(), Seat.NONE);
        awaitWrites();
    }

    @Test
    void aClusterShrinksToOne() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        for (int left = 2; left > 0; left--) {
            var follower = cluster().followers().getFirst();
            change(new MemberCommand.Remove(follower.id()));
            awaitSeat(follower.id(), Seat.NONE);
            awaitEnd(follower);
        }

        awaitWrites();
        assertThat(cluster().members()).hasSize(1);
    }

    @Test
    void aMemberThatWasAwayWhenItWasRemovedFindsOut() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        var away = cluster().followers().getFirst();
        kill(away);
        change(new MemberCommand.Remove(away.id()));
        awaitSeat(away.id(), Seat.NONE);

        var back = cluster().start(away.id());
        assertThat(back.members().hasRemoved(away.id()))
                .as("its own log does not tell")
                .isFalse();

        awaitEnd(back);
    }

    @Test
    void aDeadMemberIsReplacedByANewOne() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        var dead = cluster().followers().getFirst();
        kill(dead);

        change(new MemberCommand.Remove(dead.id()));
        awaitSeat(dead.id(), Seat.NONE);
        add(FOUR, false);
        start(FOUR, false);
        awaitSeat(FOUR, Seat.VOTER);

        kill(cluster().leader());
        awaitWrites();
    }

    /// The table says that a member is to leave, and the leader dies before anything else follows: without a
    /// leader that compares the two, the member would be asked for its vote for ever.
    @Test
    void aLeaderThatDiesBetweenTheTableAndTheConfigurationLeavesNothingHalfDone() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        var leader = cluster().leader();
        var leaving = cluster().followers().getFirst();
        var staying = cluster().followers().getLast();
        cluster().isolate(leaving);

        change(new MemberCommand.Remove(leaving.id()));
        eventually(() -> assertThat(staying.members().hasRemoved(leaving.id())).isTrue());
        kill(leader);
        cluster().network.heal();
        clients.serves(cluster().start(leader.id()));

        awaitSeat(leaving.id(), Seat.NONE);
        awaitEnd(leaving);
        awaitWrites();
    }

    /// Nobody ever told it of another member; it knows those only that its settings name.
    @Test
    void aMemberThatWasRemovedBeforeItWasFedFindsOut() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        add(FOUR, false);
        change(new MemberCommand.Remove(FOUR));

        awaitEnd(start(FOUR, false));
    }

    @Test
    void aMemberThatMovesIsFoundAtItsNewAddress() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        var moving = cluster().followers().getFirst();
        kill(moving);
        change(new MemberCommand.Update(moving.id(), List.of(cluster().move(moving.id()))));

        var moved = cluster().start(moving.id());
        clients.serves(moved);

        // With another one gone nothing is written unless it is fed, and heard.
        kill(
                cluster().leader() == moved
                        ? cluster().followers().getFirst()
                        : cluster().leader());
        awaitWrites();
    }

    /// Its address names the one that was there before, as far as Raft knows.
    @Test
    void aMemberMayComeToWhereAnotherOneWas() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        var moving = cluster().followers().getFirst();
        kill(moving);
        var place = cluster().follow(FOUR, moving.id());
        change(new MemberCommand.Update(moving.id(), List.of(cluster().move(moving.id()))));
        clients.serves(cluster().start(moving.id()));

        change(new MemberCommand.Add(Member.unstarted(FOUR, List.of(place), false), 1));
        start(FOUR, false);
        awaitSeat(FOUR, Seat.VOTER);

        awaitContact(moving.id(), true);
        kill(cluster().leader());
        awaitWrites();
    }

    /// All of them at once, as after a restore of a whole site under other addresses: each has its own table.
    @Test
    void allMembersMayMove() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        var all = List.copyOf(cluster().members());
        for (var member : all) {
            change(new MemberCommand.Update(member.id(), List.of(cluster().move(member.id()))));
        }
        cluster().awaitEqualTables();
        all.forEach(this::kill);

        for (var member : all) {
            clients.serves(cluster().start(member.id()));
        }

        awaitWrites();
    }

    /// Else one process would be counted as two, and a write be acknowledged that too few members have.
    @Test
    void aMemberAtTheAddressOfAnotherOneDoesNotAnswerForIt() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        var dead = cluster().followers().getFirst();
        var alive = cluster().followers().getLast();
        kill(dead);
        awaitContact(dead.id(), false);
        change(new MemberCommand.Update(
                dead.id(),
                List.of("http://localhost:" + cluster().address(alive.id()).port())));
        awaitWrites();

        awaitContact(dead.id(), false);
        awaitContact(alive.id(), true);
        assertThat(contact(dead.id()))
                .satisfies(contact -> assertThat(contact.matchIndex())
                        .isLessThan(contact(alive.id()).matchIndex()));
    }

    @Test
    void aMemberThatDiesWhileItJoinsHoldsNobodyUp() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        add(FOUR, false);
        var joining = start(FOUR, false);
        kill(joining);
        awaitWrites();

        change(new MemberCommand.Remove(FOUR));
        awaitSeat(FOUR, Seat.NONE);
        var follower = cluster().followers().getFirst();
        change(new MemberCommand.Remove(follower.id()));
        awaitSeat(follower.id(), Seat.NONE);
        awaitEnd(follower);
    }

    @Test
    void changesThatComeTogetherAreAllMade() throws IOException {
        begin(new TestCluster(directory, TestCluster.quick()));
        var leaving = cluster().followers().getFirst();
        var url = cluster().reserve(FOUR);
        var added = cluster().leader().propose(new MemberCommand.Add(Member.unstarted(FOUR, List.of(url), true), 1));
        var removed = cluster().leader().propose(new MemberCommand.Remove(leaving.id()));
        var again = cluster().leader().propose(new MemberCommand.Remove(leaving.id()));
        start(FOUR, true);

        assertThat(added.join()).isInstanceOf(Outcome.Members.class);
        assertThat(removed.join()).isInstanceOf(Outcome.Members.class);
        assertThat(again.join()).isEqualTo(new Outcome.Refused(Reason.MEMBER_NOT_FOUND));
        awaitEnd(leaving);
        awaitSeat(leaving.id(), Seat.NONE);
        awaitSeat(FOUR, Seat.LEARNER);
    }

    private TestCluster cluster() {
        return begun.orElseThrow();
    }

    private void begin(TestCluster cluster) {
        begun = Optional.of(cluster);
        cluster().members().forEach(clients::serves);
        clients.start();
        awaitWrites();
    }

    private void add(MemberId id, boolean learner) {
        change(new MemberCommand.Add(Member.unstarted(id, List.of(cluster().reserve(id)), learner), 1));
    }

    private TestMember start(MemberId id, boolean learner) throws IOException {
        var member = cluster().join(id, learner);
        clients.serves(member);
        return member;
    }

    private void kill(TestMember member) {
        clients.ends(member.id());
        cluster().kill(member);
    }

    /// Makes the change, through whoever leads.
    private void change(MemberCommand command) {
        Awaitility.await().atMost(PATIENCE).until(() -> switch (cluster()
                .leader()
                .propose(command)
                .join()) {
            case Outcome.Done _ -> true;
            case Outcome.Refused(var reason) -> {
                assertThat(reason)
                        .isIn(
                                Reason.LEADER_CHANGED,
                                Reason.NO_LEADER,
                                Reason.NOT_PROPOSED,
                                Reason.TIMED_OUT,
                                Reason.TIMED_OUT_LEADER_LOST);
                yield false;
            }
        });
    }

    private void awaitSeat(MemberId member, Seat seat) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            var answer = new CompletableFuture<Optional<Reason>>();
            cluster().leader().consensus().awaitSeat(member, seat, answer::complete);
            return answer.join().isEmpty();
        });
    }

    private void awaitInSync(MemberId member) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            var known = contacts();
            return known.others().containsKey(member)
                    && known.others().get(member).matchIndex() >= known.lastIndex() * 9 / 10
                    && known.others().get(member).connectedMillis() > 0;
        });
    }

    private void awaitContact(MemberId member, boolean connected) {
        eventually(() -> assertThat(contact(member).connectedMillis() > 0).isEqualTo(connected));
    }

    private Contact contact(MemberId member) {
        return contacts().others().getOrDefault(member, new Contact(-1, 0));
    }

    /// What the leader knows of the others.
    private Contacts.Known contacts() {
        return (Contacts.Known) Awaitility.await().atMost(PATIENCE).until(this::ask, Contacts.Known.class::isInstance);
    }

    private Contacts ask() {
        var answer = new CompletableFuture<Contacts>();
        cluster().leader().consensus().contacts(answer::complete);
        return answer.join();
    }

    /// Waits until the member ended in order, and takes it out of the test.
    private void awaitEnd(TestMember member) {
        var end = member.id() + " leave: the member has been permanently removed from the cluster";
        eventually(() -> assertThat(cluster().endings()).contains(end));
        kill(member);
        cluster().endings().remove(end);
    }

    private void awaitWrites() {
        int enough = evidence.writes() + WRITES;
        eventually(() -> assertThat(evidence.writes()).isGreaterThan(enough));
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE).untilAsserted(assertion);
    }

    private static List<MemberId> tableOf(TestMember member) {
        return member.members().all().stream().map(Member::id).toList();
    }
}
