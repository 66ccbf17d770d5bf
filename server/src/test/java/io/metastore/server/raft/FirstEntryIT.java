package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.request.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Members without any entry. A candidate that has committed entries does not count their votes, since who has lost his
/// disk looks the same as who is new. So a cluster of three whose leader ends before one of the followers has its first
/// entry waits for that leader.
@Timeout(60)
class FirstEntryIT {
    private static final Duration SEVERAL_ELECTIONS = Duration.ofSeconds(3);

    /// If it did, the other survivor would lead without the write.
    @Test
    void theVoteOfAMemberThatLostItsDiskDoesNotLoseAWrite(@TempDir Path directory) throws IOException {
        try (var cluster = new TestCluster(directory, TestCluster.quick())) {
            cluster.heal();
            cluster.awaitEqual();
            var leader = cluster.leader();
            var behind = cluster.followers().get(0);
            var other = cluster.followers().get(1);
            cluster.isolate(behind);
            assertThat(leader.put("x", "1").join()).isInstanceOf(Outcome.PutDone.class);
            cluster.kill(leader);
            cluster.loseDisk(other);
            cluster.start(other.id());
            cluster.network.heal();

            assertNobodyLeads(cluster);
            cluster.start(leader.id());
            assertThat(cluster.leader().read("x"))
                    .hasValueSatisfying(row -> assertThat(row.value().utf8()).isEqualTo("1"));
        }
    }

    @Test
    void aClusterWhoseLeaderEndsBeforeAMemberIsStartedForTheFirstTimeWaitsForIt(@TempDir Path directory)
            throws IOException {
        try (var cluster = TestCluster.withoutTheLast(directory, TestCluster.quick())) {
            var leader = cluster.leader();
            assertThat(leader.put("x", "1").join()).isInstanceOf(Outcome.PutDone.class);
            cluster.awaitEqual();
            cluster.kill(leader);
            cluster.start(cluster.founders().getLast().id());

            assertNobodyLeads(cluster);
            cluster.start(leader.id());
            assertThat(cluster.leader().read("x")).isPresent();
            cluster.awaitEqual();
        }
    }

    private static void assertNobodyLeads(TestCluster cluster) {
        long until = System.nanoTime() + SEVERAL_ELECTIONS.toNanos();
        Awaitility.await()
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .atMost(SEVERAL_ELECTIONS.multipliedBy(3))
                .until(() -> {
                    assertThat(cluster.members())
                            .noneMatch(member -> member.consensus().state().isLeader());
                    return System.nanoTime() - until > 0;
                });
    }
}
