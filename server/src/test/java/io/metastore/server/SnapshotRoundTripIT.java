package io.metastore.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.cli.CommandLine;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.ServerProgram;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// There and back, live: from the real etcd to us and to it again, with the same hash, leases and keys at every step.
///
///     mvn verify -Dit.test=SnapshotRoundTripIT -Detcd.program=/path/etcd       beside which etcdctl and etcdutl are
///     … -Droundtrip.keys=1000                                                   with fewer keys
@EnabledIfSystemProperty(named = "etcd.program", matches = ".+", disabledReason = "the real etcd is not there")
class SnapshotRoundTripIT {
    private static final int KEYS = Integer.getInteger("roundtrip.keys", 100_000);
    private static final String ROOT_LOGIN = "--user=root:rootpw";

    @TempDir
    Path directory;

    private RealEtcd etcd;
    private RestoredMember ours;

    @BeforeEach
    void makeBoth() {
        var ports = FreePorts.take(4);
        etcd = new RealEtcd(ServerProgram.etcd().orElseThrow(), new RestoredMember.Ports(ports.get(0), ports.get(1)));
        ours = RestoredMember.of(
                "ours",
                directory,
                new RestoredMember.Ports(ports.get(2), ports.get(3)),
                "ours=http://127.0.0.1:" + ports.get(3));
    }

    @AfterEach
    void stop() {
        ours.close();
    }

    @Test
    void aStateGoesFromEtcdToUsAndBackAndIsTheSame() {
        var fromEtcd = directory.resolve("from-etcd.db");
        var held = filledEtcd(KEYS, fromEtcd);

        ours.restore(fromEtcd).start().awaitReady();

        var fromUs = directory.resolve("from-us.db");
        String changed;
        try (var client = StateClient.of(ours.endpoint())) {
            assertThat(state(client)).isEqualTo(held);
            client.fill(1000, "newer ");
            changed = state(client);
            save("http://" + ours.endpoint(), fromUs);
        }
        assertThat(metastore("snapshot", "status", fromUs.toString(), "-w", "table"))
                .isEqualTo(etcd.run("etcdutl", "snapshot", "status", fromUs.toString(), "-w", "table"));
        etcd.restore(fromUs, directory.resolve("back"));
        try (var _ = etcd.start(directory.resolve("back"));
                var client = StateClient.of(etcd.endpoint())) {
            assertThat(state(client)).isEqualTo(changed);
        }
    }

    @Test
    void usersRolesAndRightsGoFromEtcdToUsAndBackWithTheirPasswords() {
        var fromEtcd = directory.resolve("from-etcd.db");
        var held = peopledEtcd(KEYS, fromEtcd);

        ours.restore(fromEtcd).start().awaitReady();

        var fromUs = directory.resolve("from-us.db");
        String changed;
        try (var client = StateClient.of(ours.endpoint())) {
            assertThat(peopled(client)).isEqualTo(held);
            StateUsers.assertRightsHold(client);
            changed = peopled(client);
            save("http://" + ours.endpoint(), fromUs, ROOT_LOGIN);
        }
        etcd.restore(fromUs, directory.resolve("back"));
        try (var _ = etcd.start(directory.resolve("back"));
                var client = StateClient.of(etcd.endpoint())) {
            assertThat(peopled(client)).isEqualTo(changed);
            StateUsers.assertRightsHold(client);
        }
    }

    @Test
    void whatEtcdutlRestoredIsTakenOverWithItsUsers() {
        var fromEtcd = directory.resolve("from-etcd.db");
        var held = peopledEtcd(1000, fromEtcd);
        var cluster = "default=http://127.0.0.1:" + etcd.ports().peer();
        try (var member = RestoredMember.of("default", directory, etcd.ports(), cluster)) {
            etcd.restore(fromEtcd, member.dataDir());

            member.start().awaitReady();

            try (var client = StateClient.of(member.endpoint())) {
                assertThat(peopled(client)).isEqualTo(held);
                StateUsers.assertRightsHold(client);
            }
        }
    }

    @Test
    void aRunningEtcdWithUsersIsImportedByRootAlone() {
        try (var _ = etcd.start(directory.resolve("source"));
                var client = StateClient.of(etcd.endpoint())) {
            client.fill(100, "value ");
            new StateUsers(client).make();
            assertThat(run(System.out, importing())).isOne();
            assertThat(run(System.out, importing("--user=bob:bobpw"))).isOne();
            assertThat(run(System.out, importing(ROOT_LOGIN))).isZero();

            ours.start().awaitReady();
            try (var copy = StateClient.of(ours.endpoint())) {
                assertThat(peopled(copy)).isEqualTo(peopled(client));
                StateUsers.assertRightsHold(copy);
            }
        }
    }

    @Test
    void aRunningEtcdIsImportedWithItsLeasesAndHistory() {
        try (var _ = etcd.start(directory.resolve("source"));
                var client = StateClient.of(etcd.endpoint())) {
            client.fill(1000, "value ");

            var _ = metastore(importing());

            ours.start().awaitReady();
            try (var copy = StateClient.of(ours.endpoint())) {
                assertThat(state(copy)).isEqualTo(state(client));
            }
        }
    }

    @Test
    void aRaisedRevisionIsTheSameOnBothSides() {
        var snapshot = directory.resolve("from-etcd.db");
        var _ = filledEtcd(1000, snapshot);

        ours.restore(snapshot, "--bump-revision=1000", "--mark-compacted")
                .start()
                .awaitReady();
        etcd.restore(snapshot, directory.resolve("raised"), "--bump-revision=1000", "--mark-compacted");

        try (var _ = etcd.start(directory.resolve("raised"));
                var theirs = StateClient.of(etcd.endpoint());
                var raised = StateClient.of(ours.endpoint())) {
            theirs.put("behind", "it");
            raised.put("behind", "it");
            assertThat(state(raised)).isEqualTo(state(theirs));
        }
    }

    /// Fills an etcd, saves its state and stops it.
    ///
    /// @return what it held
    private String filledEtcd(int keys, Path snapshot) {
        try (var _ = etcd.start(directory.resolve("source"));
                var client = StateClient.of(etcd.endpoint())) {
            client.fill(keys, "value ");
            save(etcd.clientUrl(), snapshot);
            return state(client);
        }
    }

    /// As `filledEtcd`, with users that are asked who they are.
    private String peopledEtcd(int keys, Path snapshot) {
        try (var _ = etcd.start(directory.resolve("source"));
                var client = StateClient.of(etcd.endpoint())) {
            client.fill(keys, "value ");
            new StateUsers(client).make();
            save(etcd.clientUrl(), snapshot, ROOT_LOGIN);
            return peopled(client);
        }
    }

    private void save(String url, Path file, String... login) {
        var words =
                Stream.concat(Stream.of(login), Stream.of("--endpoints=" + url, "snapshot", "save", file.toString()));
        var _ = etcd.run("etcdctl", words.toArray(String[]::new));
    }

    /// As root sees it.
    private static String peopled(StateClient anybody) {
        var root = StateUsers.root(anybody);
        return state(root) + "\n" + new StateUsers(root).all();
    }

    private static String state(StateClient client) {
        return client.hash() + ", " + client.count() + " keys, leases " + client.leases();
    }

    /// What our program prints.
    private static String metastore(String... words) {
        var out = new ByteArrayOutputStream();
        assertThat(run(new PrintStream(out, true, StandardCharsets.UTF_8), words))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    /// The words that copy the etcd that runs.
    private String[] importing(String... more) {
        var words = Stream.of(
                "import",
                "--from=" + etcd.clientUrl(),
                "--name=ours",
                "--data-dir=" + ours.dataDir(),
                "--initial-cluster=" + ours.cluster(),
                "--initial-advertise-peer-urls=" + ours.peerUrl());
        return Stream.concat(words, Stream.of(more)).toArray(String[]::new);
    }

    /// Returns the exit code of our program.
    private static int run(PrintStream out, String... words) {
        if (CommandLine.parse(words, Map.of()) instanceof CommandLine.Result.Use(var tool)) {
            return new Tools(out, System.err, Path.of("unused")).run(tool);
        }
        throw new AssertionError("no tool: " + String.join(" ", words));
    }
}
