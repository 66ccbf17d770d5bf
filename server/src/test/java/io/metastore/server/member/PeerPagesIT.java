package io.metastore.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What tools are told over plain HTTP on the peers' port, while the members go on to talk there. The real etcd is
/// asked too where there is one: `-Detcd.program=/path/etcd`.
@Timeout(400)
class PeerPagesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static Stream<ServerProgram> programs() {
        return Stream.concat(Stream.of(ServerProgram.underTest()), ServerProgram.etcd().stream());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aMemberAloneTellsWhoItIs(ServerProgram program) throws Exception {
        try (var cluster = new GrowingCluster(program)) {
            cluster.start("m1", cluster.founding());
            awaitVersion(cluster, "m1", "3.7.0");

            var members = get(cluster, "m1", "/members");
            assertThat(members.statusCode()).isEqualTo(200);
            assertThat(withoutIds(cluster, members.body()))
                    .isEqualTo(
                            "[{\"id\":ID,\"peerURLs\":[\"PEER-m1\"],\"name\":\"m1\",\"clientURLs\":[\"CLIENT-m1\"]}]\n");
            assertThat(header(members, "Content-Type")).isEqualTo("application/json");
            assertThat(header(members, "X-Etcd-Cluster-Id")).matches("[0-9a-f]{1,16}");

            var version = get(cluster, "m1", "/version?any=1");
            assertThat(version.body())
                    .isEqualTo("{\"etcdserver\":\"3.7.1\",\"etcdcluster\":\"3.7.0\",\"storage\":\"3.7.0\"}");
            assertThat(header(version, "Content-Type")).isEqualTo("application/json");
            assertThat(header(version, "X-Etcd-Cluster-Id")).isEmpty();

            var downgrade = get(cluster, "m1", "/downgrade/enabled");
            assertThat(downgrade.body()).isEqualTo("false");
            assertThat(header(downgrade, "Content-Type")).isEqualTo("text/plain");
            assertThat(header(downgrade, "X-Etcd-Cluster-Id")).isEqualTo(header(members, "X-Etcd-Cluster-Id"));

            for (var page : List.of("/members", "/version", "/downgrade/enabled")) {
                assertRefused(ask(cluster, "m1", page, "POST"), 405, "Method Not Allowed\n", "GET");
                assertRefused(ask(cluster, "m1", page, "HEAD"), 405, "", "GET");
            }
            for (var nothing : List.of("/", "/x", "/members/", "/health")) {
                assertRefused(get(cluster, "m1", nothing), 404, "404 page not found\n", "");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void threeMembersTellTheSameAndGoOnWithADowngrade(ServerProgram program) throws Exception {
        try (var cluster = new GrowingCluster(program)) {
            var names = List.of("m1", "m2", "m3");
            var all = Map.of(
                    "initial-cluster",
                    "m1=%s,m2=%s,m3=%s".formatted(cluster.peerUrl("m1"), cluster.peerUrl("m2"), cluster.peerUrl("m3")));
            names.forEach(name -> cluster.create(name, all).start());
            names.forEach(name -> cluster.member(name).awaitReady(PATIENCE));
            for (var name : names) {
                awaitVersion(cluster, name, "3.7.0");
                awaitPage(cluster, name, "/downgrade/enabled", "false");
            }
            var told = get(cluster, "m1", "/members").body();
            assertThat(told).contains("\"name\":\"m1\"", "\"name\":\"m2\"", "\"name\":\"m3\"");
            for (var name : names) {
                awaitPage(cluster, name, "/members", told);
            }

            post(cluster, "m2", "/v3/maintenance/downgrade", "{\"action\":\"ENABLE\",\"version\":\"3.6.0\"}");
            for (var name : names) {
                awaitPage(cluster, name, "/downgrade/enabled", "true");
                awaitVersion(cluster, name, "3.6.0");
            }
            cluster.member("m3").kill();
            cluster.member("m3").start();
            cluster.member("m3").awaitReady(PATIENCE);
            awaitVersion(cluster, "m3", "3.6.0");

            post(cluster, "m3", "/v3/maintenance/downgrade", "{\"action\":\"CANCEL\"}");
            for (var name : names) {
                awaitPage(cluster, name, "/downgrade/enabled", "false");
                awaitVersion(cluster, name, "3.7.0");
            }
        }
    }

    private void awaitVersion(GrowingCluster cluster, String name, String version) {
        awaitPage(
                cluster,
                name,
                "/version",
                "{\"etcdserver\":\"3.7.1\",\"etcdcluster\":\"%s\",\"storage\":\"%s\"}".formatted(version, version));
    }

    private void awaitPage(GrowingCluster cluster, String name, String page, String body) {
        Awaitility.await(name + page)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(get(cluster, name, page).body()).isEqualTo(body));
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String body, String allowed) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(header(answer, "Allow")).isEqualTo(allowed);
        assertThat(header(answer, "Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Content-Length")).isEqualTo("19");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return Optional.of(answer.headers())
                .flatMap(headers -> headers.firstValue(name))
                .orElse("");
    }

    private static String withoutIds(GrowingCluster cluster, String text) {
        return cluster.withNames(text).replaceAll("\"id\":\\d+", "\"id\":ID");
    }

    private HttpResponse<String> get(GrowingCluster cluster, String name, String page) throws Exception {
        return ask(cluster, name, page, "GET");
    }

    private HttpResponse<String> ask(GrowingCluster cluster, String name, String page, String method)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(cluster.peerUrl(name) + page))
                .method(method, BodyPublishers.noBody());
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private void post(GrowingCluster cluster, String name, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(cluster.clientUrl(name) + path))
                .POST(BodyPublishers.ofString(body));
        assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }
}
