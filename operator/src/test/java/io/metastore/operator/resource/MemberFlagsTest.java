package io.metastore.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.spec.Wanted;
import io.metastore.operator.testkit.Clusters;
import io.metastore.server.cli.CommandLine;
import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.StorageEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What members are told is read back by the server's own reader.
class MemberFlagsTest {
    private static final MemberName MEMBER = new MemberName("demo", 2);
    private static final Beginning FOUNDS = new Beginning.Founds();

    @Test
    void theServerUnderstandsWhatAMemberIsTold() {
        var config = read(
                "quotaBackend: 4Gi\nraft: {electionTimeout: 2s}\nconfig: {max-txn-ops: '256'}", Role.VOTER, FOUNDS);

        assertThat(config.member().name()).isEqualTo("demo-2");
        assertThat(config.member().dataDir()).isEqualTo(Path.of("/var/lib/metastore/data"));
        assertThat(config.raft().electionTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.raft().heartbeatInterval()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.bootstrap().state()).isEqualTo(Bootstrap.State.NEW);
        assertThat(config.bootstrap().members()).containsOnlyKeys("demo-2");
        assertThat(config.listeners().advertisedPeerUrls()).hasToString("[https://demo-2.demo-peers.ns.svc:2380]");
        assertThat(config.tls().skipPeerAddressCheck()).isTrue();
    }

    @Test
    void aLogVolumeIsUsedForTheLog() {
        var config = read("storage: {logSize: 5Gi}", Role.VOTER, FOUNDS);

        assertThat(config.member().hasSeparateLog()).isTrue();
    }

    @Test
    void aWitnessIsToldOfNoClientsAndNoEngine() {
        var config = read("members: 2\nwitness: {replicas: 1}\nconfig: {storage: rocksdb}", Role.WITNESS, FOUNDS);

        assertThat(config.storage().engine()).isEqualTo(StorageEngine.WITNESS);
    }

    @Test
    void aNewMemberIsToldOfTheOthers() {
        var members = "demo-1=https://demo-1.demo-peers.ns.svc:2380,demo-2=https://demo-2.demo-peers.ns.svc:2380";

        var config = read("members: 3", Role.LEARNER, new Beginning.Joins(members));

        assertThat(config.bootstrap().state()).isEqualTo(Bootstrap.State.EXISTING);
        assertThat(config.bootstrap()).hasToString(members);
    }

    @Test
    void withoutEncryptionNoCertificateIsNamed() {
        var config = read("tls: {peer: {mode: Disabled}}", Role.VOTER, FOUNDS);

        assertThat(config.tls().peers().own().isNone()).isTrue();
    }

    private static ServerConfig read(String spec, Role role, Beginning begins) {
        var cluster = Clusters.demo(spec);
        var flags = MemberFlags.of(cluster, Wanted.of(cluster, "metastore-server"), MEMBER, role, begins);
        return switch (CommandLine.parse(flags.toArray(String[]::new), Map.of())) {
            case CommandLine.Result.Run(var config, var warnings) -> {
                assertThat(warnings).isEmpty();
                yield config;
            }
            case CommandLine.Result.Print(var text, var code) ->
                throw new AssertionError(flags + " is refused with " + code + ": " + text);
            case CommandLine.Result.Use(var tool) -> throw new AssertionError("not a server: " + tool);
        };
    }
}
