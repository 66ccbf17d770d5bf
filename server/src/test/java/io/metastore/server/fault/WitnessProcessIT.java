package io.metastore.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import io.metastore.server.seed.Seed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two members with data and a witness, as processes.
@Timeout(240)
class WitnessProcessIT {
    private static final int CLIENTS = 6;
    private static final long SOME_WRITES = 100;
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final long MOST_BYTES = 256L << 20;

    private final long seed = Seed.take();
    private final History history = new History();

    static java.util.stream.Stream<List<String>> engines() {
        return FaultSettings.engines();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anyOneOfTheThreeMayBeKilled(List<String> engine) throws Exception {
        try (var cluster = ClusterProcesses.startWithWitness(ServerProgram.underTest(), engine)) {
            try (var _ = Workload.start(cluster.endpoints(), CLIENTS, history, "killed", seed)) {
                awaitWrites();
                var first = cluster.members().getFirst();
                var second = cluster.members().getLast();
                for (var victim : List.of(first, cluster.witness(), second)) {
                    victim.kill();
                    awaitWrites();
                    cluster.startStopped();
                    awaitWrites();
                }
                long most = residentBytes(cluster.witness());
                System.out.println("a witness beside " + engine + " took " + (most >> 20) + " MiB");
                assertThat(most).isLessThan(MOST_BYTES);
            }
            StoreCheck.assertSound(cluster.endpoints(), history.operations());
        }
    }

    @Test
    void itTellsHowItIsAndServesNothingElse() throws Exception {
        try (var cluster = ClusterProcesses.startWithWitness(ServerProgram.underTest(), List.of())) {
            var witness = cluster.witness();
            Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(get(witness, "/readyz")).isEqualTo("200 ok\n");
                assertThat(get(witness, "/metrics")).startsWith("200 ").contains("etcd_server_has_leader 1");
            });
            assertThat(get(witness, "/version")).startsWith("404 ");
            assertThat(get(witness, "/v3/kv/range")).startsWith("404 ");

            cluster.members().forEach(MemberProcess::kill);
            Awaitility.await().atMost(LIMIT).until(() -> get(witness, "/readyz").startsWith("503 "));
        }
    }

    private void awaitWrites() {
        long since = System.nanoTime();
        Awaitility.await("acknowledged writes").atMost(LIMIT).until(() -> history.writesSince(since) >= SOME_WRITES);
    }

    private static String get(MemberProcess member, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://" + member.endpoint() + path))
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    private static long residentBytes(MemberProcess member) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + member.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
