package io.metastore.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.CertificateFiles;
import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import io.metastore.server.tls.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `metastore admin` against a member that asks everybody for a certificate.
@Timeout(120)
class AdminTlsIT {
    private static final Duration READY = Duration.ofSeconds(40);

    private final DataFolder files = DataFolder.create("admin-tls-");
    private final TestAuthority authority = new TestAuthority("authority");
    private final String trusted = authority.write(files.path(), "authority");
    private final CertificateFiles person = authority.issue("person").write(files.path(), "person");
    private final List<Integer> ports = FreePorts.take(2);
    private final String endpoint = "https://127.0.0.1:" + ports.getFirst();
    private final MemberProcess member = member();

    @BeforeEach
    void start() {
        member.start();
        member.awaitReady(READY);
    }

    @AfterEach
    void end() {
        member.close();
        files.close();
    }

    @Test
    void whoShowsACertificateLooksAtTheMembersAndChangesThem() throws IOException, InterruptedException {
        assertThat(succeeds("members")).contains(" m1 ", " voter ", " leader ", "https://127.0.0.1:" + ports.getLast());

        var added = succeeds("add", "--peer-urls=https://127.0.0.1:1", "--role=learner");
        assertThat(added).contains(" was added, the version is ");
        assertThat(succeeds("members")).contains(" learner ", " not started ");

        var id = added.substring(0, added.indexOf(' '));
        assertThat(succeeds("remove", id)).startsWith(id + " was removed, the version is ");
        assertThat(succeeds("members")).doesNotContain(" learner ");
    }

    @Test
    void etcdctlsVariablesNameTheCertificateToo() throws IOException, InterruptedException {
        var variables =
                Map.of("ETCDCTL_CACERT", trusted, "ETCDCTL_CERT", person.certificate(), "ETCDCTL_KEY", person.key());

        var ended = run(variables, List.of("members"));

        assertThat(ended.exitCode()).as(ended.text()).isZero();
        assertThat(ended.text()).contains(" m1 ");
    }

    @Test
    void whoShowsNoneIsRefused() throws IOException, InterruptedException {
        assertRefused("certificate_required", "--cacert=" + trusted);
    }

    @Test
    void whoShowsOneOfAnotherAuthorityIsRefused() throws IOException, InterruptedException {
        var stranger = new TestAuthority("other").issue("stranger").write(files.path(), "stranger");

        assertRefused(
                "certificate", "--cacert=" + trusted, "--cert=" + stranger.certificate(), "--key=" + stranger.key());
    }

    @Test
    void aMemberThatTheAuthorityDoesNotKnowIsNotSpokenTo() throws IOException, InterruptedException {
        var other = new TestAuthority("other").write(files.path(), "other");

        assertRefused("certif", "--cacert=" + other, "--cert=" + person.certificate(), "--key=" + person.key());
    }

    /// A change too, and then it has not happened.
    private void assertRefused(String why, String... flags) throws IOException, InterruptedException {
        for (var command : List.of(List.of("members"), List.of("add", "--peer-urls=https://127.0.0.1:1"))) {
            var ended = run(
                    Map.of(), Stream.concat(command.stream(), Stream.of(flags)).toList());

            assertThat(ended.exitCode()).as(ended.text()).isEqualTo(1);
            assertThat(ended.text())
                    .startsWith("Error: no member answers: " + endpoint)
                    .containsIgnoringCase(why);
            assertThat(ended.text().lines()).hasSize(1);
        }
        // Of a busy machine the handshakes of others may be given up; these are not what is looked at here.
        Awaitility.await()
                .atMost(READY)
                .untilAsserted(() -> assertThat(succeeds("members")).doesNotContain("not started"));
    }

    private String succeeds(String... words) throws IOException, InterruptedException {
        var shown = Stream.of("--cacert=" + trusted, "--cert=" + person.certificate(), "--key=" + person.key());
        var ended = run(Map.of(), Stream.concat(Stream.of(words), shown).toList());
        assertThat(ended.exitCode()).as(ended.text()).isZero();
        return ended.text();
    }

    private record Ended(int exitCode, String text) {}

    private Ended run(Map<String, String> variables, List<String> words) throws IOException, InterruptedException {
        var command = ServerProgram.underTest()
                .with(Stream.of(List.of("admin"), words, List.of("--endpoints=" + endpoint))
                        .flatMap(List::stream)
                        .toList());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(variables);
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    private MemberProcess member() {
        var own = authority.issue("m1").write(files.path(), "m1");
        var peer = "https://127.0.0.1:" + ports.getLast();
        var addresses = Stream.of(
                "--name=m1",
                "--data-dir=" + files.path().resolve("data"),
                "--listen-client-urls=" + endpoint,
                "--advertise-client-urls=" + endpoint,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=m1=" + peer);
        var security = Stream.of("", "peer-")
                .flatMap(side -> Stream.of(
                        "--" + side + "cert-file=" + own.certificate(),
                        "--" + side + "key-file=" + own.key(),
                        "--" + side + "trusted-ca-file=" + trusted,
                        "--" + side + "client-cert-auth"));
        return new MemberProcess(
                "m1",
                ServerProgram.underTest()
                        .with(Stream.concat(addresses, security).toList()),
                endpoint,
                files.path().resolve("m1.log"));
    }
}
