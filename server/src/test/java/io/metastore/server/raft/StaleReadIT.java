package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.Consensus.Barrier;
import io.metastore.server.model.KeyValue;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// A leader that was cut off does not know that it is none any more, and has old data.
class StaleReadIT extends ClusterTests {
    private static final int ROUNDS = 100;

    StaleReadIT() {
        super(TestCluster.quick());
    }

    @RepeatedTest(2)
    void aLeaderThatWasCutOffRefusesToReadRatherThanServeOldData() throws IOException {
        var old = cluster.leader();
        old.write("x", "1");
        assertThat(old.barrier()).succeedsWithin(TestCluster.PATIENCE).isEqualTo(new Barrier.Passed());

        cluster.isolate(old);
        var newer = Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(TestCluster.PATIENCE)
                .until(cluster::leader, leader -> leader != old);
        newer.write("x", "2");
        var unchecked = old.peek("x").map(KeyValue::value).orElseThrow();
        var checked = old.barrier();

        assertThat(unchecked.utf8()).as("this test can see stale reads").isEqualTo("1");
        assertThat(newer.read("x").orElseThrow().value().utf8()).isEqualTo("2");
        cluster.network.heal();
        assertThat(checked).succeedsWithin(TestCluster.PATIENCE).satisfies(barrier -> {
            if (barrier.equals(new Barrier.Passed())) {
                assertThat(old.peek("x").orElseThrow().value().utf8()).isEqualTo("2");
            }
        });
    }

    /// Readers at all members beside one writer: no read may be older than what was acknowledged before it began.
    @Test
    void noReadIsOlderThanAWriteAcknowledgedBeforeIt() {
        var stale = new CopyOnWriteArrayList<String>();
        var uncheckedStale = new AtomicLong();
        var rounds = new AtomicLong();
        var writer = cluster.followers().getFirst();

        for (int round = 0; round < ROUNDS; round++) {
            long atLeast = writer.write("y", String.valueOf(round));
            var reads = cluster.members().stream()
                    .map(member -> {
                        long unchecked =
                                member.peek("y").map(KeyValue::modRevision).orElse(0L);
                        uncheckedStale.addAndGet(unchecked < atLeast ? 1 : 0);
                        return member.barrier().thenAccept(barrier -> {
                            long seen =
                                    member.peek("y").map(KeyValue::modRevision).orElse(0L);
                            rounds.addAndGet(barrier.equals(new Barrier.Passed()) ? 1 : 0);
                            if (barrier.equals(new Barrier.Passed()) && seen < atLeast) {
                                stale.add(member.id() + " read " + seen + " after " + atLeast);
                            }
                        });
                    })
                    .toList();
            reads.forEach(read -> assertThat(read).succeedsWithin(TestCluster.PATIENCE));
        }

        assertThat(stale).isEmpty();
        assertThat(rounds).hasValue(3L * ROUNDS);
        assertThat(uncheckedStale.get()).as("this test can see stale reads").isPositive();
    }
}
