package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.Consensus.Barrier;
import io.metastore.server.model.KeyValue;
import io.metastore.server.request.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Connections that are open and carry nothing, as when a machine is gone and nobody says so: whole members, on which
/// nobody but the watchdogs and the keep-alive acts. `RatisRemediesIT` shows that Ratis alone never recovers.
@Timeout(90)
class HalfOpenIT {
    private static final Duration WRITES_GO_ON = Duration.ofSeconds(1);
    /// Five seconds of silence, a second to see it, and six in which Ratis closes two connections.
    private static final Duration RECOVERED = Duration.ofSeconds(20);

    private TestCluster cluster;

    @BeforeEach
    void startCluster(@TempDir Path directory) throws IOException {
        cluster = TestCluster.behindProxies(directory, TestCluster.quick());
    }

    @AfterEach
    void stopCluster() {
        cluster.close();
    }

    @Test
    void aFollowerThatNothingReachesServesNoOldDataAndCatchesUp() {
        var leader = cluster.leader();
        leader.write("x", "1");
        cluster.awaitEqual();
        var follower = cluster.followers().getFirst();

        cluster.freezeConnectionsTo(follower);
        for (int number = 2; number < 20; number++) {
            assertThat(leader.put("x", String.valueOf(number)))
                    .succeedsWithin(WRITES_GO_ON)
                    .isInstanceOf(Outcome.PutDone.class);
        }
        long written = leader.revision();
        assertThat(follower.revision()).as("this test can see old data").isLessThan(written);
        var read = follower.barrier()
                .thenAccept(barrier -> assertThat(barrier)
                        .satisfiesAnyOf(
                                refused -> assertThat(refused).isInstanceOf(Barrier.Refused.class),
                                _ -> assertThat(revision(follower)).isGreaterThanOrEqualTo(written)));

        Awaitility.await().atMost(RECOVERED).until(() -> follower.revision() >= written);
        assertThat(read).succeedsWithin(TestCluster.PATIENCE);
        assertThat(follower.put("x", "20")).succeedsWithin(WRITES_GO_ON).isInstanceOf(Outcome.PutDone.class);
        cluster.awaitEqual();
    }

    /// It reaches the others and leads on, but what they send to it, and its answers, are lost.
    @Test
    void aLeaderThatNothingReachesIsReachedAgainAndNothingIsLostOrDoubled() {
        var leader = cluster.leader();
        var follower = cluster.followers().getFirst();
        follower.write("before", "");

        cluster.freezeConnectionsTo(leader);
        var during = follower.put("during", "");
        assertThat(leader.put("on the leader", "")).succeedsWithin(WRITES_GO_ON).isInstanceOf(Outcome.PutDone.class);

        var tries = new AtomicInteger();
        Awaitility.await()
                .atMost(RECOVERED)
                .until(() ->
                        follower.put("after", "try " + tries.incrementAndGet()).join() instanceof Outcome.PutDone);
        var evidence = new Evidence();
        assertThat(during).succeedsWithin(TestCluster.PATIENCE).satisfies(outcome -> {
            if (outcome instanceof Outcome.PutDone done) {
                evidence.written(new Evidence.Change(done.revision(), "during", ""));
            }
        });
        cluster.awaitEqual();
        assertThat(evidence.violations(cluster.histories())).isEmpty();
    }

    private static long revision(TestMember member) {
        return member.peek("x").map(KeyValue::modRevision).orElse(0L);
    }
}
