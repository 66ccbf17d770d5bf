package io.metastore.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `--force-new-cluster`: of three members two are lost, and the third goes on with its data.
@Timeout(400)
class ForceNewClusterIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Map<String, String> FORCED = Map.of("force-new-cluster", "true");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void theThirdOfThreeMembersGoesOnAndTheClusterGrowsAgain() throws Exception {
        try (var cluster = new GrowingCluster(ServerProgram.underTest())) {
            var names = List.of("m1", "m2", "m3");
            var all = Map.of("initial-cluster", initial(cluster, names));
            names.forEach(name -> cluster.create(name, all).start());
            names.forEach(name -> cluster.member(name).awaitReady(PATIENCE));
            put(cluster, "m1");
            // Serializable: m3 has it by itself.
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(get(cluster, "m3", ",\"serializable\":true"))
                            .contains("\"count\":\"1\""));
            names.forEach(name -> cluster.member(name).kill());

            cluster.start("m3", FORCED);

            assertThat(get(cluster, "m3", "")).contains("\"count\":\"1\"", "\"value\":\"djE=\"");
            assertThat(members(cluster, "m3")).containsOnlyOnce("\"ID\"").contains("\"name\":\"m3\"");
            put(cluster, "m3");

            // One of the others finds out that it does not belong to the cluster any more.
            cluster.member("m2").start();
            assertThat(exitCode(cluster.member("m2"))).isZero();

            cluster.member("m3").kill();
            cluster.create("m3", Map.of()).start();
            cluster.member("m3").awaitReady(PATIENCE);
            assertThat(members(cluster, "m3")).containsOnlyOnce("\"ID\"");
            post(cluster, "m3", "/v3/cluster/member/add", "{\"peerURLs\":[\"" + cluster.peerUrl("m4") + "\"]}");
            cluster.start(
                    "m4",
                    Map.of(
                            "initial-cluster",
                            initial(cluster, List.of("m3", "m4")),
                            "initial-cluster-state",
                            "existing"));
            assertThat(get(cluster, "m4", "")).contains("\"count\":\"1\"", "\"version\":\"2\"");
            assertThat(members(cluster, "m4")).contains("\"name\":\"m3\"", "\"name\":\"m4\"");
        }
    }

    @Test
    void aMemberWithoutDataIsRefused() throws IOException {
        try (var cluster = new GrowingCluster(ServerProgram.underTest())) {
            var member = cluster.create("m1", FORCED);
            member.start();

            assertThat(exitCode(member)).isEqualTo(1);
            assertThat(Files.readString(cluster.folder().resolve("m1.log")))
                    .contains("--force-new-cluster goes on with the data of a member");
        }
    }

    private static int exitCode(MemberProcess member) {
        Awaitility.await().atMost(PATIENCE).until(() -> !member.alive());
        return member.awaitEnd();
    }

    private static String initial(GrowingCluster cluster, List<String> names) {
        return String.join(
                ",",
                names.stream().map(name -> name + "=" + cluster.peerUrl(name)).toList());
    }

    private void put(GrowingCluster cluster, String name) throws IOException, InterruptedException {
        post(cluster, name, "/v3/kv/put", "{\"key\":\"aw==\",\"value\":\"djE=\"}");
    }

    private String get(GrowingCluster cluster, String name, String more) throws IOException, InterruptedException {
        return post(cluster, name, "/v3/kv/range", "{\"key\":\"aw==\"" + more + "}");
    }

    private String members(GrowingCluster cluster, String name) throws IOException, InterruptedException {
        return post(cluster, name, "/v3/cluster/member/list", "{}");
    }

    private String post(GrowingCluster cluster, String name, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(cluster.clientUrl(name) + path))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body));
        var answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }
}
