package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.RaftConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// How soon followers hear of what is committed, on a cluster with nothing else to do. Left to Ratis's heartbeats,
/// which come every 300 ms with the standard timing, they would hear of it after 150 ms on average.
class CommitNewsIT extends ClusterTests {
    private static final int ROUNDS = 31;

    CommitNewsIT() {
        super(RaftConfig.defaults());
    }

    @Test
    void aLoneWriteIsAppliedOnTheFollowersAlmostAtOnce() {
        var leader = cluster.leader();
        var followers = cluster.followers();
        var delays = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            long revision = leader.write("lone", "");
            long replied = System.nanoTime();
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(TestCluster.PATIENCE)
                    .until(() -> followers.stream().allMatch(follower -> follower.revision() >= revision));
            delays.add(System.nanoTime() - replied);
        }

        assertThat(median(delays)).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void aReadOnAFollowerDoesNotWaitForAHeartbeat() {
        var delays = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            long revision = cluster.leader().write("read", "");
            long asked = System.nanoTime();
            var reader = cluster.followers().getFirst();
            assertThat(reader.read("read"))
                    .hasValueSatisfying(row -> assertThat(row.modRevision()).isEqualTo(revision));
            delays.add(System.nanoTime() - asked);
        }

        assertThat(median(delays)).isLessThan(Duration.ofMillis(50));
    }

    /// A follower sees its own write in the answer to it: its outcome comes from its own state.
    @Test
    void aWriteThroughAFollowerIsAnsweredWhenItIsAppliedThere() {
        var writer = cluster.followers().getFirst();
        var delays = new ArrayList<Long>();
        for (int round = 0; round < ROUNDS; round++) {
            long asked = System.nanoTime();
            long revision = writer.write("through", "");
            delays.add(System.nanoTime() - asked);
            assertThat(writer.revision()).isGreaterThanOrEqualTo(revision);
        }

        assertThat(median(delays)).isLessThan(Duration.ofMillis(50));
    }

    private static Duration median(List<Long> nanos) {
        Collections.sort(nanos);
        var median = Duration.ofNanos(nanos.get(nanos.size() / 2));
        System.out.println("median " + TimeUnit.NANOSECONDS.toMicros(median.toNanos()) + " us");
        return median;
    }
}
