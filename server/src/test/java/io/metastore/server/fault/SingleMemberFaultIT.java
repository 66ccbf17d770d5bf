package io.metastore.server.fault;

import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import io.metastore.server.seed.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One member under load, killed and stopped several times, with each storage engine.
///
///     … -Dmetastore.program=/path/etcd -Dfault.engines=     proves the tests on etcd
class SingleMemberFaultIT {
    private static final int CLIENTS = 6;
    private static final int ROUNDS = 3;
    private static final long SOME_WRITES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final long seed = Seed.take();

    static Stream<List<String>> engines() {
        return FaultSettings.engines();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void nothingIsLostWhenTheOnlyMemberIsKilled(List<String> engine) {
        assertNothingIsLost(engine, MemberProcess::kill);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void nothingIsLostWhenTheOnlyMemberIsToldToStop(List<String> engine) {
        assertNothingIsLost(engine, MemberProcess::terminate);
    }

    private void assertNothingIsLost(List<String> engine, Consumer<MemberProcess> fault) {
        var history = new History();
        var flags = new ArrayList<>(engine);
        flags.addAll(FaultSettings.flags());
        try (var cluster = ClusterProcesses.start(ServerProgram.underTest(), 1, flags)) {
            try (var _ = Workload.start(cluster.endpoints(), CLIENTS, history, "single", seed)) {
                for (int round = 0; round < ROUNDS; round++) {
                    awaitWrites(history);
                    fault.accept(cluster.members().getFirst());
                    cluster.startStopped();
                }
                awaitWrites(history);
            }
            StoreCheck.assertSound(cluster.endpoints(), history.operations());
        }
    }

    private static void awaitWrites(History history) {
        long since = System.nanoTime();
        Awaitility.await("acknowledged writes").atMost(LIMIT).until(() -> history.writesSince(since) >= SOME_WRITES);
    }
}
