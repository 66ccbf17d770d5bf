package io.metastore.server.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannelBuilder;
import io.metastore.server.process.FolderDigest;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `metastore recover-quorum`: the majority is lost for good, and a survivor goes on when that was asked for twice.
@Timeout(500)
class RecoverQuorumIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern CONFIRMATION = Pattern.compile("--confirm=([0-9a-f]{12})");
    private static final int KEYS = 200;

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb", "memory"})
    void theSurvivorOfThreeGoesOnWithAllThatItHadAndTheClusterGrowsUnderLoad(String engine) throws Exception {
        try (var cluster = new GrowingCluster(ServerProgram.underTest())) {
            var kind = Map.of("storage", engine);
            startAll(cluster, List.of("m1", "m2", "m3"), Map.of("m1", kind, "m2", kind, "m3", kind));
            for (int number = 0; number < KEYS; number++) {
                assertThat(put(cluster, "m1", "k" + number).statusCode()).isEqualTo(200);
            }
            awaitCount(cluster, "m3");
            lose(cluster, "m1");
            lose(cluster, "m2");

            // Meanwhile writes are not acknowledged, and nothing is lost.
            assertThat(put(cluster, "m3", "lost").statusCode()).isNotEqualTo(200);
            assertThat(range(cluster, "m3", false).statusCode()).isNotEqualTo(200);
            awaitCount(cluster, "m3");
            assertThat(get(cluster, "m3", "/metrics")).contains("etcd_server_has_leader 0");
            assertRefused(run(cluster, "m3"), "is in use by another process");

            cluster.member("m3").kill();
            recover(cluster, "m3");
            cluster.member("m3").start();
            cluster.member("m3").awaitReady(PATIENCE);

            assertHolds(cluster, "m3");
            assertThat(members(cluster, "m3")).containsOnlyOnce("\"ID\"").contains("\"name\":\"m3\"");
            growUnderLoad(cluster, kind);
            assertThat(Files.readString(cluster.folder().resolve("m3.log")))
                    .doesNotContain("goes on alone: all others are dropped");
        }
    }

    @Test
    void theMemberWithDataGoesOnWhenTheOtherOneAndTheWitnessAreLost() throws Exception {
        try (var cluster = new GrowingCluster(ServerProgram.underTest())) {
            var names = List.of("m1", "m2", "m3");
            startAll(cluster, names, Map.of("m1", Map.of(), "m2", Map.of(), "m3", Map.of("role", "witness")));
            assertThat(put(cluster, "m1", "k0").statusCode()).isEqualTo(200);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> range(cluster, "m2", true).body().contains("\"count\":\"1\""));
            cluster.member("m1").kill();
            cluster.member("m3").kill();

            // The witness has no keys: it is not the one to go on.
            assertRefused(run(cluster, "m3"), "is of the witness \"m3\", which keeps no keys");

            cluster.member("m2").kill();
            recover(cluster, "m2");
            cluster.member("m2").start();
            cluster.member("m2").awaitReady(PATIENCE);
            assertThat(range(cluster, "m2", false).body()).contains("\"count\":\"1\"");

            // One that comes back on its old data finds out that it does not belong to the cluster any more.
            cluster.member("m1").start();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> !cluster.member("m1").alive());
            assertThat(cluster.member("m1").awaitEnd()).isZero();
            assertThat(put(cluster, "m2", "k1").statusCode()).isEqualTo(200);
            assertRefused(run(cluster, "m1"), "permanently removed");
        }
    }

    /// What was said for one state of a member does not fit another one.
    private void recover(GrowingCluster cluster, String name) throws IOException {
        var folder = cluster.folder().resolve(name);
        var before = FolderDigest.of(folder);

        var first = run(cluster, name);
        assertRefused(first, "nothing was changed: to be sure, ask again with --confirm=");
        assertThat(first.output())
                .contains(
                        "\"" + name + "\" of cluster", "Log        ends with entry", "The others must never run again");
        assertRefused(run(cluster, name, "--confirm=0123456789ab"), "the confirmation is not for what was found here");
        assertThat(FolderDigest.of(folder)).isEqualTo(before);

        var token = CONFIRMATION
                .matcher(first.output())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        var second = run(cluster, name, "--confirm=" + token);
        assertThat(second.output()).contains("Done, with entry");
        assertThat(second.exitCode()).isZero();

        var third = run(cluster, name, "--confirm=" + token);
        assertThat(third.output()).contains("Nothing to do: this member is alone in its cluster already");
        assertThat(third.exitCode()).isZero();
    }

    private record Ended(int exitCode, String output) {}

    private static void assertRefused(Ended ended, String why) {
        assertThat(ended.output()).contains(why);
        assertThat(ended.exitCode()).isEqualTo(1);
    }

    private static Ended run(GrowingCluster cluster, String name, String... more) throws IOException {
        var words = Stream.concat(
                Stream.of("recover-quorum", "--data-dir=" + cluster.folder().resolve(name)), Stream.of(more));
        var process = new ProcessBuilder(ServerProgram.underTest().with(words.toList()))
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.onExit().join().exitValue(), output);
    }

    private void growUnderLoad(GrowingCluster cluster, Map<String, String> kind) throws Exception {
        var channel = ManagedChannelBuilder.forTarget(cluster.clientUrl("m3").replace("http://", ""))
                .usePlaintext()
                .build();
        try (var writers = new SteadyWriters(channel, 2)) {
            var known = new ArrayList<>(List.of("m3"));
            for (var name : List.of("m4", "m1")) {
                int before = writers.count();
                var added = "{\"peerURLs\":[\"" + cluster.peerUrl(name) + "\"]}";
                // Refused while the last change has not come through.
                Awaitility.await()
                        .atMost(PATIENCE)
                        .until(() -> post(cluster, "m3", "/v3/cluster/member/add", added)
                                        .statusCode()
                                == 200);
                known.add(name);
                var settings = new HashMap<>(kind);
                settings.put("initial-cluster", initial(cluster, known));
                settings.put("initial-cluster-state", "existing");
                cluster.create(name, settings).start();
                cluster.member(name).awaitReady(PATIENCE);
                Awaitility.await().atMost(PATIENCE).until(() -> writers.count() > before);
            }
            writers.stop();
            assertThat(writers.unexpected()).isEmpty();
            assertHolds(cluster, "m4");
            assertHolds(cluster, "m1");
            assertThat(members(cluster, "m1")).contains("\"name\":\"m3\"", "\"name\":\"m4\"", "\"name\":\"m1\"");
        } finally {
            channel.shutdownNow();
        }
    }

    private static void startAll(GrowingCluster cluster, List<String> names, Map<String, Map<String, String>> more) {
        names.forEach(name -> {
            var settings = new HashMap<>(more.getOrDefault(name, Map.of()));
            settings.put("initial-cluster", initial(cluster, names));
            cluster.create(name, settings).start();
        });
        names.stream().map(cluster::member).forEach(member -> member.awaitReady(PATIENCE));
    }

    /// Process and disk are gone for good.
    private static void lose(GrowingCluster cluster, String name) throws IOException {
        cluster.member(name).kill();
        try (var files = Files.walk(cluster.folder().resolve(name))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String initial(GrowingCluster cluster, List<String> names) {
        return String.join(
                ",",
                names.stream().map(name -> name + "=" + cluster.peerUrl(name)).toList());
    }

    private void awaitCount(GrowingCluster cluster, String name) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(range(cluster, name, true).body()).contains("\"count\":\"" + KEYS + "\""));
    }

    /// Linearizable, so it also tells that the cluster works.
    private void assertHolds(GrowingCluster cluster, String name) throws IOException, InterruptedException {
        assertThat(range(cluster, name, false).body()).contains("\"count\":\"" + KEYS + "\"");
    }

    private HttpResponse<String> put(GrowingCluster cluster, String name, String key)
            throws IOException, InterruptedException {
        return post(cluster, name, "/v3/kv/put", "{\"key\":\"" + base64(key) + "\",\"value\":\"djE=\"}");
    }

    private HttpResponse<String> range(GrowingCluster cluster, String name, boolean serializable)
            throws IOException, InterruptedException {
        return post(
                cluster,
                name,
                "/v3/kv/range",
                "{\"key\":\"" + base64("k") + "\",\"range_end\":\"" + base64("l") + "\",\"count_only\":true,"
                        + "\"serializable\":" + serializable + "}");
    }

    private String members(GrowingCluster cluster, String name) throws IOException, InterruptedException {
        return post(cluster, name, "/v3/cluster/member/list", "{}").body();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> post(GrowingCluster cluster, String name, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(cluster.clientUrl(name) + path))
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String get(GrowingCluster cluster, String name, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(cluster.clientUrl(name) + path))
                .timeout(PATIENCE);
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }
}
