package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.RaftConfig;
import io.metastore.server.consensus.Members.Seat;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two members with data and a witness survive the loss of any one of the three, in every order of events; the numbers
/// are those of the cases in `docs/design/0011-witness.md`.
@Timeout(240)
class WitnessIT {
    private static final MemberId A = new MemberId(1);
    private static final MemberId B = new MemberId(2);
    private static final MemberId W = new MemberId(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int WRITES = 30;
    /// Why a change is not made now and may be later.
    private static final List<Reason> PASSING = List.of(
            Reason.LEADER_CHANGED,
            Reason.NO_LEADER,
            Reason.NOT_PROPOSED,
            Reason.TIMED_OUT,
            Reason.TIMED_OUT_LEADER_LOST);
    /// Nobody takes a member that the machine keeps waiting for one that is gone.
    private static final RaftConfig STEADY =
            new RaftConfig(Duration.ofMillis(500), Duration.ofSeconds(5), 10_000, 5_000);
    /// A checkpoint and an end of the log come soon, so that the members with data let go of what they can.
    private static final RaftConfig SHORT_LOG = new RaftConfig(Duration.ofMillis(200), Duration.ofSeconds(2), 100, 10);

    private final Evidence evidence = new Evidence();
    private final SimulatedClients clients = new SimulatedClients(evidence, List.of(A, B));
    private final Path directory;
    private Optional<TestCluster> begun = Optional.empty();

    WitnessIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @AfterEach
    void nothingIsLost() throws Exception {
        try (var cluster = cluster()) {
            cluster.heal();
            cluster.members().stream().filter(member -> !member.isWitness()).forEach(clients::serves);
            awaitWrites();
            clients.stop();
            cluster.awaitEqual();
            assertThat(evidence.violations(cluster.histories())).isEmpty();
        }
    }

    @Test
    void aWitnessVotesAndKeepsNoKeys() throws IOException {
        begin(TestCluster.quick());
        awaitWrites();

        var witness = member(W);
        eventually(
                () -> assertThat(witness.members().find(W).map(Member::witness)).contains(true));
        assertThat(witness.members()).isEqualTo(leader().members());
        assertThat(witness.applied()).isPositive();
        assertThat(witness.history()).isEmpty();
        assertThat(witness.revision()).isEqualTo(1);
    }

    /// Case 1.
    @Test
    void withoutTheWitnessTheOthersGoOn() throws IOException {
        begin(STEADY);
        long term = leader().consensus().state().term();

        cluster().kill(member(W));
        awaitWrites();
        cluster().start(W);
        awaitWrites();

        assertThat(leader().consensus().state().term()).isEqualTo(term);
    }

    /// Case 2, from each of the two.
    @Test
    void theOtherMemberWithDataLeadsWhenTheLeaderDies() throws IOException {
        begin(TestCluster.quick());
        for (int round = 0; round < 2; round++) {
            var leader = leader();
            kill(leader);
            awaitWrites();
            eventually(() -> assertThat(leader().id()).isNotIn(W, leader.id()));
            clients.serves(cluster().start(leader.id()));
            awaitWrites();
        }
    }

    /// Case 3: what was acknowledged last is on the witness only.
    @Test
    void aWitnessThatMustLeadGivesAwayWhatItHasAndThenLeadership() throws IOException {
        begin(TestCluster.quick());
        var dying = leader();
        var behind = cluster().running(other(dying.id())).orElseThrow();
        cluster().isolate(behind);
        long last = dying.write("only here", "and on the witness");
        kill(dying);
        cluster().network.heal();

        eventually(() -> assertThat(behind.consensus().state().isLeader()).isTrue());
        eventually(() -> assertThat(behind.read("only here"))
                .hasValueSatisfying(row -> assertThat(row.modRevision()).isEqualTo(last)));
    }

    /// Cases 4 and 5 cannot come: a witness keeps what one of the others lacks, though these let go of it.
    @Test
    void aWitnessKeepsWhatAMemberWithDataLacks() throws IOException {
        begin(SHORT_LOG);
        var dying = leader();
        var away = other(dying.id());
        kill(cluster().running(away).orElseThrow());
        long firstMissing = lastIndex(dying);
        writeMuch(dying);
        eventually(() -> assertThat(firstIndex(dying.id())).isGreaterThan(firstMissing));
        long last = dying.write("only here", "and on the witness");
        assertThat(firstIndex(W)).isNotNegative().isLessThanOrEqualTo(firstMissing);
        kill(dying);

        var back = cluster().start(away);
        eventually(() -> assertThat(back.consensus().state().isLeader()).isTrue());
        eventually(() -> assertThat(back.read("only here"))
                .hasValueSatisfying(row -> assertThat(row.modRevision()).isEqualTo(last)));
    }

    @Test
    void aWitnessLetsGoOfWhatAllHave() throws IOException {
        begin(SHORT_LOG);
        writeMuch(leader());

        eventually(() -> assertThat(firstIndex(W)).isGreaterThan(0));
    }

    /// Case 6. What was not committed is proposed again under the new leader, or refused.
    @Test
    void aLeaderThatIsCutOffIsReplaced() throws IOException {
        begin(TestCluster.quick());
        var cutOff = leader();
        cluster().isolate(cutOff);
        var lost = cutOff.put("nobody else", "has it");
        awaitWrites();
        eventually(() -> assertThat(leader().id()).isEqualTo(other(cutOff.id())));

        cluster().network.heal();
        boolean done = lost.join() instanceof Outcome.Done;
        if (done) {
            eventually(() -> assertThat(leader().read("nobody else")).isPresent());
        }
    }

    /// Case 7: only the witness is seen by both.
    @Test
    void aMemberWithDataThatOnlyTheWitnessSeesDisturbsNobody() throws IOException {
        begin(STEADY);
        var leader = leader();
        long term = leader.consensus().state().term();
        cluster().network.cut(A, B);
        int enough = evidence.writes() + WRITES;
        eventually(() -> assertThat(evidence.writes()).isGreaterThan(enough));
        leader.write("in between", "x");

        assertThat(leader().id()).isEqualTo(leader.id());
        assertThat(leader.consensus().state().term()).isEqualTo(term);
        cluster().network.heal();
        eventually(
                () -> assertThat(member(other(leader.id())).peek("in between")).isPresent());
    }

    /// Case 8.
    @Test
    void withTwoGoneNothingIsAcknowledged() throws IOException {
        begin(TestCluster.quick());
        var alone = leader();
        cluster().kill(member(W));
        kill(member(other(alone.id())));

        var refused = alone.put("alone", "x");
        assertThat(refused.join()).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void allMayStopAndStart() throws IOException {
        begin(TestCluster.quick());
        awaitWrites();
        clients.ends(A);
        clients.ends(B);
        List.copyOf(cluster().members()).forEach(cluster()::kill);

        for (var id : List.of(W, A, B)) {
            var member = cluster().start(id);
            if (!member.isWitness()) {
                clients.serves(member);
            }
        }
        awaitWrites();
        eventually(() ->
                assertThat(member(W).members().find(W).map(Member::witness)).contains(true));
    }

    /// Case 11, and how a lost witness is replaced: the log that it would need is gone, and it needs little of it.
    @Test
    void aWitnessJoinsAClusterWhoseLogBeginsLater() throws IOException {
        begin(SHORT_LOG);
        var lost = member(W);
        cluster().kill(lost);
        cluster().forget(W);
        change(new MemberCommand.Remove(W));
        awaitSeat(W, Seat.NONE);
        writeMuch(leader());
        eventually(() -> assertThat(firstIndex(leader().id())).isGreaterThan(0));
        var fourth = new MemberId(4);
        cluster().becomesWitness(fourth);
        change(new MemberCommand.Add(Member.unstarted(fourth, List.of(cluster().reserve(fourth)), false), 1));

        var joined = cluster().join(fourth, false);
        awaitSeat(fourth, Seat.VOTER);
        introduce(joined);

        assertThat(joined.members().hasRemoved(W)).isTrue();
        assertThat(joined.history()).isEmpty();
        kill(leader());
        awaitWrites();
    }

    @Test
    void nobodyHandsLeadershipToAWitness() throws IOException {
        begin(STEADY);
        kill(member(other(leader().id())));
        var leader = leader();

        leader.consensus().handOver(Duration.ofMillis(500));

        assertThat(leader.consensus().state().isLeader()).isTrue();
        awaitWrites();
    }

    private TestCluster cluster() {
        return begun.orElseThrow();
    }

    private void begin(RaftConfig config) throws IOException {
        var cluster = TestCluster.withWitness(directory, config);
        begun = Optional.of(cluster);
        introduce(member(W));
        clients.serves(member(A));
        clients.serves(member(B));
        clients.start();
        awaitWrites();
    }

    /// It says that it is a witness, and the others have drawn the conclusions.
    private void introduce(TestMember witness) {
        eventually(
                () -> assertThat(witness.propose(witness.introduction()).join()).isInstanceOf(Outcome.Done.class));
        eventually(() -> assertThat(leader().members().find(witness.id()).map(Member::witness))
                .contains(true));
        eventually(() -> assertThat(leader().id()).isNotEqualTo(witness.id()));
    }

    private TestMember member(MemberId id) {
        return cluster().running(id).orElseThrow();
    }

    private TestMember leader() {
        return cluster().leader();
    }

    private static MemberId other(MemberId id) {
        return id.equals(A) ? B : A;
    }

    private void kill(TestMember member) {
        clients.ends(member.id());
        cluster().kill(member);
    }

    /// More than the log keeps for those who are a little behind, in more than one of its files.
    private static void writeMuch(TestMember leader) {
        var filling = "v".repeat(16 * 1024);
        for (int round = 0; round < 40; round++) {
            var value = round + filling;
            var open = new ArrayList<CompletableFuture<Outcome>>();
            IntStream.range(0, 40).forEach(i -> open.add(leader.put("much " + i, value)));
            open.forEach(CompletableFuture::join);
        }
    }

    private static long lastIndex(TestMember member) {
        return member.applied();
    }

    /// The index of the first entry in the files of its log.
    private long firstIndex(MemberId member) {
        return LogFiles.firstIndex(cluster().logOf(member));
    }

    private void change(MemberCommand command) {
        Awaitility.await().atMost(PATIENCE).until(() -> switch (leader().propose(command)
                .join()) {
            case Outcome.Done _ -> true;
            case Outcome.Refused(var reason) -> {
                assertThat(reason).isIn(PASSING);
                yield false;
            }
        });
    }

    private void awaitSeat(MemberId member, Seat seat) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            var answer = new CompletableFuture<Optional<Reason>>();
            leader().consensus().awaitSeat(member, seat, answer::complete);
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).isEmpty();
        });
    }

    private void awaitWrites() {
        int enough = evidence.writes() + WRITES;
        eventually(() -> assertThat(evidence.writes()).isGreaterThan(enough));
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE).untilAsserted(assertion);
    }
}
