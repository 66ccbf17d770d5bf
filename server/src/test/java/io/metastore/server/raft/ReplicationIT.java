package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.request.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What clients may rely on while members come and go.
class ReplicationIT extends ClusterTests {
    private static final Duration WRITES_GO_ON = Duration.ofSeconds(2);

    ReplicationIT() {
        super(TestCluster.quick());
    }

    @Test
    void writesThroughEveryMemberAreInAllMembers() {
        var writers = new TestWriters("everywhere");
        cluster.members().forEach(writers::writeThrough);
        awaitMore(writers, 300);
        writers.stop();
        cluster.awaitEqual();

        writers.checkNothingIsLostOrDoubled(cluster);
    }

    @Test
    void aLeaderThatDiesTakesNothingAcknowledgedWithItAndWritesGoOn() {
        var writers = new TestWriters("leader-dies");
        cluster.members().forEach(writers::writeThrough);
        awaitMore(writers, 100);
        cluster.kill(cluster.leader());
        assertWritesGoOn();
        awaitMore(writers, 100);
        writers.stop();
        cluster.awaitEqual();

        writers.checkNothingIsLostOrDoubled(cluster);
    }

    @Test
    void aLeaderThatIsCutOffIsReplacedAndComesBackWithoutWhatNobodyAcknowledged() throws IOException {
        var writers = new TestWriters("cut-off");
        cluster.members().forEach(writers::writeThrough);
        awaitMore(writers, 100);
        var old = cluster.leader();
        cluster.isolate(old);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(WRITES_GO_ON)
                .until(() -> cluster.leader() != old);
        awaitMore(writers, 100);
        cluster.heal();
        awaitMore(writers, 100);
        writers.stop();
        cluster.awaitEqual();

        writers.checkNothingIsLostOrDoubled(cluster);
    }

    @Test
    void aFollowerThatStartsAgainCatchesUp() throws IOException {
        var writers = new TestWriters("starts-again");
        var follower = cluster.followers().getFirst();
        cluster.kill(follower);
        cluster.members().forEach(writers::writeThrough);
        awaitMore(writers, 100);
        var again = cluster.start(follower.id());
        awaitMore(writers, 50);
        writers.writeThrough(again);
        awaitMore(writers, 50);
        writers.stop();
        cluster.awaitEqual();

        writers.checkNothingIsLostOrDoubled(cluster);
    }

    @Test
    void aPlannedStopCostsNoElectionTimeout() throws Exception {
        var old = cluster.leader();
        long term = old.consensus().state().term();
        var other = cluster.followers().getFirst();
        old.consensus().handOver(Duration.ofMillis(1500));
        var outcome = other.put("after-hand-over", "").get(1, TimeUnit.SECONDS);

        assertThat(outcome).isInstanceOf(Outcome.PutDone.class);
        assertThat(cluster.leader()).isNotSameAs(old);
        assertThat(cluster.leader().consensus().state().term()).isEqualTo(term + 1);
    }

    /// Each learns of them from the log, in its own time.
    @Test
    void everyMemberKnowsTheSameMembers() {
        var founders = cluster.founders().stream().map(RaftStart.Founder::id).toList();
        for (var member : cluster.members()) {
            Awaitility.await()
                    .atMost(TestCluster.PATIENCE)
                    .untilAsserted(() -> assertThat(member.members().all())
                            .extracting(found -> found.id())
                            .containsExactlyElementsOf(founders));
            assertThat(member.consensus().isLearner()).isFalse();
        }
    }

    /// A write through a member that still runs ends well within the time that was promised.
    private void assertWritesGoOn() {
        var member = cluster.members().iterator().next();
        assertThat(member.put("goes-on", "")).succeedsWithin(WRITES_GO_ON).isInstanceOf(Outcome.PutDone.class);
    }

    private static void awaitMore(TestWriters writers, int count) {
        int enough = writers.count() + count;
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(TestCluster.PATIENCE)
                .until(() -> writers.count() >= enough);
    }
}
