package io.metastore.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import io.metastore.server.seed.Seed;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Three members under load, of which some are killed. All tests share one cluster and one history, so the later ones
/// also check that the earlier faults left no damage.
///
///     mvn verify -Dit.test=ClusterFaultIT
///     … -Dmetastore.program=/path/etcd -Dfault.flags='--heartbeat-interval=50 --election-timeout=500'     proves the
/// tests on etcd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterFaultIT {
    private static final int CLIENTS = 6;
    private static final long SOME_WRITES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration WRITES_AGAIN = Duration.ofSeconds(2);

    private final long seed = Seed.take();
    private final History history = new History();
    private final ClusterProcesses cluster =
            ClusterProcesses.start(ServerProgram.underTest(), 3, FaultSettings.flags());

    @BeforeAll
    void theClusterAnswers() {
        try (var _ = load("warm-up")) {
            awaitWrites(System.nanoTime());
        }
    }

    @AfterAll
    void stopMembers() {
        cluster.close();
    }

    @Test
    void nothingIsLostWhenTheLeaderIsKilled() {
        try (var _ = load("leader")) {
            awaitWrites(System.nanoTime());
            cluster.leader().kill();
            awaitWrites(System.nanoTime());
            cluster.startStopped();
            awaitWrites(System.nanoTime());
        }
        assertNothingIsLost();
    }

    @Test
    void writesGoOnSoonAfterTheLeaderIsKilled() {
        long killed;
        try (var _ = load("soon")) {
            awaitWrites(System.nanoTime());
            var leader = cluster.leader();
            killed = System.nanoTime();
            leader.kill();
            awaitWrites(killed);
        }
        cluster.startStopped();

        assertThat(firstWriteWithin(killed)).isLessThan(WRITES_AGAIN);
        assertNothingIsLost();
    }

    @Test
    void nothingIsLostWhenAFollowerIsKilled() {
        try (var _ = load("follower")) {
            awaitWrites(System.nanoTime());
            cluster.follower().kill();
            awaitWrites(System.nanoTime());
            cluster.startStopped();
            awaitWrites(System.nanoTime());
        }
        assertNothingIsLost();
    }

    @Test
    void nothingIsLostWhenAllMembersAreKilled() {
        try (var _ = load("all")) {
            awaitWrites(System.nanoTime());
            cluster.members().forEach(MemberProcess::kill);
            cluster.startStopped();
            awaitWrites(System.nanoTime());
        }
        assertNothingIsLost();
    }

    @Test
    void nothingIsLostWhenTheLeaderIsToldToStop() {
        try (var _ = load("terminated")) {
            awaitWrites(System.nanoTime());
            cluster.leader().terminate();
            awaitWrites(System.nanoTime());
            cluster.startStopped();
            awaitWrites(System.nanoTime());
        }
        assertNothingIsLost();
    }

    private Workload load(String name) {
        return Workload.start(cluster.endpoints(), CLIENTS, history, name, seed);
    }

    private void awaitWrites(long since) {
        Awaitility.await("acknowledged writes").atMost(LIMIT).until(() -> history.writesSince(since) >= SOME_WRITES);
    }

    /// From a moment to the end of the first acknowledged write that began after it.
    private Duration firstWriteWithin(long since) {
        return history.operations().stream()
                .filter(operation -> operation.start() >= since)
                .filter(operation -> operation.answer() instanceof Operation.Answer.Written)
                .mapToLong(Operation::end)
                .mapToObj(end -> Duration.ofNanos(end - since))
                .min(Duration::compareTo)
                .orElseThrow();
    }

    private void assertNothingIsLost() {
        StoreCheck.assertSound(cluster.endpoints(), List.copyOf(history.operations()));
    }
}
