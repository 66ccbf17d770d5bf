package io.metastore.server.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the README says to type works as it is written. Its tour runs with the real `etcdctl` where there is
/// one, else as the same calls.
class ReadmeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// A command of the tour.
    ///
    /// @param command as it stands in the README
    /// @param expected a part of what it prints
    /// @param call the same without `etcdctl`
    private record Step(String command, String expected, Function<TourClient, String> call) {}

    private static final String WATCH = "etcdctl watch greeting &";

    private static final List<Step> TOUR = List.of(
            new Step("etcdctl put greeting hello", "OK", client -> client.put("greeting", "hello")),
            new Step("etcdctl get greeting -w json", "\"mod_revision\":2", client -> client.modRevision("greeting")),
            new Step("etcdctl get '' --from-key --keys-only", "greeting", TourClient::allKeys),
            new Step("etcdctl put greeting 'hello again'", "OK", client -> client.put("greeting", "hello again")),
            new Step("etcdctl get greeting --rev=2", "greeting\nhello", client -> client.get("greeting", 2)),
            new Step("etcdctl lease grant 60", " granted with TTL(60s)", client -> client.grant(60)),
            new Step(
                    "printf 'version(\"new\") = \"0\"\\n\\nput new 1\\n\\nget new\\n\\n' | etcdctl txn",
                    "SUCCESS",
                    client -> client.putIfAbsent("new", "1")),
            new Step("etcdctl compaction 3", "compacted revision 3", client -> client.compact(3)),
            new Step("etcdctl endpoint status -w table", "3.7.1", TourClient::version));

    private static final Step AGAIN = TOUR.get(3);

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md"})
    void everyCallOfMakeNamesATarget(String name) {
        var makes = Document.named(name).makes();

        assertThat(makes).contains("make test").hasSizeGreaterThan(3);
        try (var folder = DataFolder.create("readme-")) {
            var shell = new Shell(folder.path(), Map.of());
            for (var make : makes) {
                var ended = shell.run(make.replaceFirst("make", "make --dry-run"));
                assertThat(ended.exitCode()).as(make + ": " + ended.output()).isZero();
            }
        }
    }

    @Test
    void theTourIsWhatIsTestedHere() {
        var tested = TOUR.stream().map(Step::command).toList();

        assertThat(Document.named("README.md").commands())
                .filteredOn(command -> command.contains("etcdctl"))
                .filteredOn(command -> !command.equals(WATCH))
                .containsExactlyElementsOf(tested);
        assertThat(Document.named("README.md").commands()).contains(WATCH);
    }

    @Test
    void theTourWorksOnAFreshMember() {
        try (var folder = DataFolder.create("readme-");
                var member = member(folder)) {
            member.start();
            member.awaitReady(PATIENCE);
            var shell = Shell.withEtcdctl(folder.path(), member.endpoint());
            if (shell.isPresent()) {
                walk(shell.get());
            } else {
                walk(member.endpoint());
            }
        }
    }

    private static void walk(Shell shell) {
        try (var watch = shell.start(WATCH.substring(0, WATCH.indexOf('&')))) {
            for (var step : TOUR) {
                var ended = shell.run(step.command());

                assertThat(ended.output()).as(step.command()).contains(step.expected());
                assertThat(ended.exitCode()).as(step.command()).isZero();
            }
            awaitNews(() -> shell.run(AGAIN.command()).output(), watch::output);
        }
    }

    private static void walk(String endpoint) {
        try (var client = new TourClient(endpoint)) {
            client.watch("greeting");
            for (var step : TOUR) {
                assertThat(step.call().apply(client)).as(step.command()).contains(step.expected());
            }
            awaitNews(() -> AGAIN.call().apply(client), client::watched);
        }
    }

    /// Nothing tells when the watch has begun, so the change is made until it is seen.
    private static void awaitNews(Supplier<String> change, Supplier<String> watched) {
        Awaitility.await(WATCH).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(change.get()).contains(AGAIN.expected());
            assertThat(watched.get()).contains("PUT\ngreeting\nhello again");
        });
    }

    private static MemberProcess member(DataFolder folder) {
        var ports = FreePorts.take(2);
        var client = "127.0.0.1:" + ports.get(0);
        var peer = "http://127.0.0.1:" + ports.get(1);
        return new MemberProcess(
                "tour",
                ServerProgram.underTest()
                        .with(List.of(
                                "--data-dir=" + folder.path().resolve("data"),
                                "--listen-client-urls=http://" + client,
                                "--advertise-client-urls=http://" + client,
                                "--listen-peer-urls=" + peer,
                                "--initial-advertise-peer-urls=" + peer,
                                "--initial-cluster=default=" + peer)),
                client,
                folder.path().resolve("log"));
    }
}
