package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.MemberId;
import io.metastore.server.request.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One of three went on alone, and the two that were given up run again on their data: a majority of the cluster that
/// was. They must never do that, and nobody can keep them from writing; but what they write stays with them.
@Timeout(180)
class OldMajorityIT {
    private static final MemberId ONE = new MemberId(1);
    private static final MemberId TWO = new MemberId(2);
    private static final MemberId THREE = new MemberId(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// Messages of the old leader, each of which could do harm.
    private static final int ENOUGH = 30;

    private final TestCluster cluster;

    OldMajorityIT(@TempDir Path directory) throws IOException {
        cluster = new TestCluster(directory, TestCluster.quick());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void whatTheyWriteDoesNotReachTheOneThatWentOn() throws IOException {
        cluster.writeUntilAcknowledged("before");
        cluster.awaitEqual();
        cluster.members().forEach(cluster::kill);
        var alone = cluster.startAlone(ONE);
        cluster.writeUntilAcknowledged("alone");
        long term = alone.consensus().state().term();
        cluster.kill(alone);
        leadInATermAbove(term + 5);
        cluster.writeUntilAcknowledged("old");
        var heard = new AtomicInteger();
        cluster.network.hook((method, _) -> {
            if (method.equals("append@1")) {
                heard.incrementAndGet();
            }
        });

        var again = cluster.start(ONE);
        Awaitility.await().atMost(PATIENCE).until(() -> heard.get() >= ENOUGH);
        Awaitility.await().atMost(PATIENCE).until(() -> again.put("after", "1").join() instanceof Outcome.PutDone);

        assertThat(keys(again)).containsExactly("before", "alone", "after");
        for (var old : List.of(TWO, THREE)) {
            assertThat(keys(cluster.running(old).orElseThrow())).doesNotContain("alone", "after");
        }
        assertThat(again.members().members().keySet()).containsExactly(ONE);
        // One that is without a leader for a moment asks, and hears that it was removed.
        cluster.endings().removeIf(ending -> !ending.startsWith("1"));
    }

    /// They start while nobody can tell them that they were removed.
    private void leadInATermAbove(long term) throws IOException {
        do {
            for (var old : List.of(TWO, THREE)) {
                cluster.running(old).ifPresent(cluster::kill);
            }
            cluster.start(TWO);
            cluster.start(THREE);
        } while (cluster.leader().consensus().state().term() <= term);
    }

    private static List<String> keys(TestMember member) {
        return member.history().stream().map(Evidence.Change::key).toList();
    }
}
