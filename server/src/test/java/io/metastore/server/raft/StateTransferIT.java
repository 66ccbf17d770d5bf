package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.RaftConfig;
import io.metastore.server.request.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A member that missed so much that the others no longer have the log for it.
@Timeout(240)
class StateTransferIT {
    private static final int IN_FLIGHT = 50;

    @Test
    void aMemberBehindAPurgedLogGetsTheStateOfAPeerAndTakesPartAgain(@TempDir Path directory) throws IOException {
        var config = new RaftConfig(Duration.ofMillis(50), Duration.ofMillis(500), 1050, 10);
        try (var cluster = new TestCluster(directory, config)) {
            var lagging = cluster.followers().getFirst();
            cluster.kill(lagging);
            long missed = lagging.applied();
            write(cluster, 1400);
            Awaitility.await()
                    .atMost(TestCluster.PATIENCE)
                    .until(() ->
                            cluster.members().stream().allMatch(member -> firstIndex(directory, member) > missed + 1));

            var again = cluster.start(lagging.id());
            // Two hundred megabytes, summed at both ends: that takes its time on a busy machine.
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> again.peek("written-0").isPresent());
            cluster.awaitEqual();
            again.write("after-transfer", "");
            cluster.awaitEqual();
            assertThat(again.peek("written-0")).isPresent();
            assertMeasured(cluster, again);

            // What it got is on its own disk: after another start nothing is missing.
            cluster.kill(again);
            var onceMore = cluster.start(lagging.id());
            cluster.awaitEqual();
            assertThat(onceMore.peek("written-0")).isPresent();
        }
    }

    /// One of the others sent its state; its thread may still be tidying up.
    private static void assertMeasured(TestCluster cluster, TestMember receiver) {
        // More than one if Ratis asked for it once more.
        for (var name : List.of(
                "etcd_network_snapshot_receive_success",
                "etcd_snap_db_save_total_duration_seconds_count",
                "etcd_snap_db_fsync_duration_seconds_count")) {
            assertThat(sum(receiver.metrics(), name)).as(name).isGreaterThanOrEqualTo(1);
        }
        var to = "{To=\"" + receiver.id() + "\"}";
        Awaitility.await().atMost(TestCluster.PATIENCE).untilAsserted(() -> {
            var pages = cluster.members().stream().map(TestMember::metrics).toList();
            assertThat(pages.stream().mapToDouble(page -> sum(page, "etcd_network_snapshot_send_success" + to)))
                    .anyMatch(sent -> sent >= 1);
            assertThat(pages.stream().mapToDouble(page -> sum(page, "etcd_network_snapshot_send_inflights_total")))
                    .containsOnly(0.0);
            assertThat(pages.stream()
                            .mapToDouble(page -> sum(page, "etcd_debugging_snap_save_total_duration_seconds_count"))
                            .filter(saves -> saves > 0))
                    .as("members that purged their logs")
                    .hasSizeGreaterThanOrEqualTo(2);
        });
    }

    /// Of all series whose names begin so.
    private static double sum(String page, String begin) {
        return page.lines()
                .filter(line -> line.startsWith(begin))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /// Writes commands so great that each travels alone: Ratis purges whole files of 64 MiB, and not before it can
    /// let go of a thousand entries.
    private static void write(TestCluster cluster, int count) {
        var leader = cluster.leader();
        var value = "v".repeat(70 << 10);
        var outcomes = new ArrayDeque<CompletableFuture<Outcome>>();
        for (int number = 0; number < count; number++) {
            outcomes.add(leader.put("written-" + number, value));
            if (outcomes.size() >= IN_FLIGHT) {
                assertThat(outcomes.remove().join()).isInstanceOf(Outcome.PutDone.class);
            }
        }
        outcomes.forEach(outcome -> assertThat(outcome.join()).isInstanceOf(Outcome.PutDone.class));
    }

    private static long firstIndex(Path directory, TestMember member) {
        return LogFiles.firstIndex(directory.resolve(member.id().toString()).resolve("raft"));
    }
}
