package io.metastore.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import io.metastore.server.seed.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Members under load that are told to stop, as in a rolling update. The election timeout is long, so that writes
/// that go on soon tell that leadership was handed over and not missed.
class PlannedStopIT {
    private static final int CLIENTS = 6;
    private static final long SOME_WRITES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration STOPPED = Duration.ofSeconds(5);
    private static final Duration WRITES_GO_ON = Duration.ofSeconds(1);
    private static final List<String> LATE_ELECTIONS = List.of("--heartbeat-interval=500", "--election-timeout=5000");

    private final long seed = Seed.take();
    private final History history = new History();

    /// @param exitCode of the process
    /// @param took from the signal to the end of the process
    /// @param pause the longest time without an acknowledged write since the signal
    /// @param terms how many terms have begun meanwhile
    /// @param story what the members wrote last, before one of them was started again
    private record Stop(int exitCode, Duration took, Duration pause, long terms, String story) {
        @Override
        public String toString() {
            return "exit code " + exitCode + ", took " + took + ", pause " + pause + ", terms " + terms;
        }
    }

    static Stream<List<String>> engines() {
        return FaultSettings.engines();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aLeaderUnderLoadStopsSoonAndWritesGoOnWithoutAnElectionTimeout(List<String> engine) {
        try (var cluster = start(3, engine)) {
            Stop stop;
            try (var _ = load(cluster, "told")) {
                awaitWrites();
                stop = stop(cluster, cluster.leader());
            }
            cluster.startStopped();

            System.out.println("leader of three " + engine + ": " + stop);
            assertThat(stop.exitCode()).isZero();
            assertThat(stop.terms()).as(stop.story()).isEqualTo(1);
            assertThat(stop.took()).as(stop.story()).isLessThan(STOPPED);
            assertThat(stop.pause()).as(stop.story()).isLessThan(WRITES_GO_ON);
            StoreCheck.assertSound(cluster.endpoints(), history.operations());
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aFollowerUnderLoadStopsSoonAndWritesGoOn(List<String> engine) {
        try (var cluster = start(3, engine)) {
            Stop stop;
            try (var _ = load(cluster, "told")) {
                awaitWrites();
                stop = stop(cluster, cluster.follower());
            }
            cluster.startStopped();

            System.out.println("follower of three " + engine + ": " + stop);
            assertThat(stop.exitCode()).isZero();
            assertThat(stop.terms()).as(stop.story()).isZero();
            assertThat(stop.took()).as(stop.story()).isLessThan(STOPPED);
            assertThat(stop.pause()).as(stop.story()).isLessThan(WRITES_GO_ON);
            StoreCheck.assertSound(cluster.endpoints(), history.operations());
        }
    }

    /// With nothing to do, a leader hears of its followers by heartbeats only, which are rare with this timing.
    @Test
    void anIdleLeaderHandsOverToo() {
        try (var cluster = start(3, List.of())) {
            assertThat(cluster.leader().terminate()).isZero();
            long ended = System.nanoTime();
            try (var _ = load(cluster, "after")) {
                awaitWrites();
            }

            assertThat(history.longestPauseSince(ended)).isLessThan(WRITES_GO_ON);
        }
    }

    /// What the hand-over saves: this test would see it if there was none.
    @Test
    void aLeaderThatIsKilledIsMissedUntilTheElectionTimeout() {
        try (var cluster = start(3, List.of())) {
            long killed;
            try (var _ = load(cluster, "killed")) {
                awaitWrites();
                var leader = cluster.leader();
                killed = System.nanoTime();
                leader.kill();
                awaitWrites();
            }

            assertThat(history.longestPauseSince(killed)).isGreaterThan(WRITES_GO_ON);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void theOnlyMemberUnderLoadStopsSoonAndKeepsWhatItAcknowledged(List<String> engine) {
        try (var cluster = start(1, engine)) {
            long told;
            int exitCode;
            Duration took;
            try (var _ = load(cluster, "alone")) {
                awaitWrites();
                told = System.nanoTime();
                exitCode = cluster.members().getFirst().terminate();
                took = Duration.ofNanos(System.nanoTime() - told);
                cluster.startStopped();
                awaitWrites();
            }

            System.out.println("only member " + engine + ": " + took);
            assertThat(exitCode).isZero();
            assertThat(took).isLessThan(STOPPED);
            StoreCheck.assertSound(cluster.endpoints(), history.operations());
        }
    }

    private static ClusterProcesses start(int size, List<String> engine) {
        var flags = new ArrayList<>(engine);
        flags.addAll(LATE_ELECTIONS);
        return ClusterProcesses.start(ServerProgram.underTest(), size, flags);
    }

    private Workload load(ClusterProcesses cluster, String name) {
        return Workload.start(cluster.endpoints(), CLIENTS, history, name, seed);
    }

    private Stop stop(ClusterProcesses cluster, MemberProcess member) {
        long before = term(cluster);
        long told = System.nanoTime();
        int exitCode = member.terminate();
        var took = Duration.ofNanos(System.nanoTime() - told);
        awaitWrites();
        return new Stop(exitCode, took, history.longestPauseSince(told), term(cluster) - before, cluster.story());
    }

    private static long term(ClusterProcesses cluster) {
        return MemberView.of(cluster.leader().endpoint(), MemberView::term);
    }

    private void awaitWrites() {
        long since = System.nanoTime();
        Awaitility.await("acknowledged writes").atMost(LIMIT).until(() -> history.writesSince(since) >= SOME_WRITES);
    }
}
