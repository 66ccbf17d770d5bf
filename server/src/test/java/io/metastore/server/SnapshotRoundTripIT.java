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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// There and back, live: from the real etcd to us and to it again, with the same hash, leases and keys at every step.
///
///     mvn verify -Dit.test=SnapshotRoundTripIT -Detcd.program=/path/etcd       beside which etcdctl and etcdutl are
@EnabledIfSystemProperty(named = "etcd.program", matches = ".+", disabledReason = "the real etcd is not there")
class SnapshotRoundTripIT {
    private static final int KEYS = 100_000;

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
    void aRunningEtcdIsImportedWithItsLeasesAndHistory() {
        try (var _ = etcd.start(directory.resolve("source"));
                var client = StateClient.of(etcd.endpoint())) {
            client.fill(1000, "value ");

            var _ = metastore(
                    "import",
                    "--from=" + etcd.clientUrl(),
                    "--name=ours",
                    "--data-dir=" + ours.dataDir(),
                    "--initial-cluster=" + ours.cluster(),
                    "--initial-advertise-peer-urls=" + ours.peerUrl());

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

    private void save(String url, Path file) {
        var _ = etcd.run("etcdctl", "--endpoints=" + url, "snapshot", "save", file.toString());
    }

    private static String state(StateClient client) {
        return client.hash() + ", " + client.count() + " keys, leases " + client.leases();
    }

    /// What our program prints.
    private static String metastore(String... words) {
        var out = new ByteArrayOutputStream();
        if (CommandLine.parse(words, Map.of()) instanceof CommandLine.Result.Use(var tool)) {
            int exitCode = new Tools(new PrintStream(out, true, StandardCharsets.UTF_8), System.err).run(tool);
            assertThat(exitCode).isZero();
            return out.toString(StandardCharsets.UTF_8);
        }
        throw new AssertionError("no tool: " + String.join(" ", words));
    }
}
