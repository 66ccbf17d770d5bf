package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three whole members under load, and the leader's disk makes nothing durable any more. Its heartbeats go on, so
/// nobody takes over until its watchdog ends it.
@Timeout(90)
class HangingDiskIT {
    /// Four seconds of patience with the disk, an election, and a machine that is busy.
    private static final Duration WRITES_GO_ON = Duration.ofSeconds(10);
    /// Each client has one write open, and answers may be on their way.
    private static final int ON_THEIR_WAY = 30;

    private final Evidence evidence = new Evidence();

    @Test
    void leadershipMovesNothingAcknowledgedIsLostAndNoReadIsOld(@TempDir Path directory) throws Exception {
        try (var cluster = new TestCluster(directory, TestCluster.quick())) {
            var clients = new SimulatedClients(
                    evidence,
                    cluster.founders().stream().map(RaftStart.Founder::id).toList());
            cluster.members().forEach(clients::serves);
            clients.start();
            awaitWrites(200);

            var old = cluster.leader();
            int before = evidence.writes();
            long hung = System.nanoTime();
            old.hangDisk();
            await().until(() -> !cluster.endings().isEmpty());
            assertThat(cluster.endings().getFirst()).contains("halt: ").contains("has waited for the disk");
            assertThat(evidence.writes() - before)
                    .as("without its end nobody would write any more")
                    .isLessThan(ON_THEIR_WAY);
            clients.ends(old.id());
            cluster.isolate(old); // as if it had ended, which a member in this process cannot
            awaitWrites(200);
            var pause = Duration.ofNanos(System.nanoTime() - hung);

            assertThat(pause).isLessThan(WRITES_GO_ON);
            cluster.kill(old);
            cluster.endings().clear(); // not sooner: its watchdog asks for its end again and again until it is gone
            cluster.network.heal();
            clients.serves(cluster.start(old.id()));
            awaitWrites(200);
            clients.stop();
            cluster.awaitEqual();
            assertThat(evidence.violations(cluster.histories())).isEmpty();
            assertThat(clients.staleWithoutBarrier())
                    .as("this test can see old reads")
                    .isPositive();
        }
    }

    private void awaitWrites(int more) {
        int until = evidence.writes() + more;
        await().until(() -> evidence.writes() >= until);
    }

    private static org.awaitility.core.ConditionFactory await() {
        return Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(30));
    }
}
