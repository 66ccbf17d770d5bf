package io.metastore.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {
    private static final Duration MILLI = Duration.ofMillis(1);

    @Test
    void theDefaultsAreEtcdsWithTheKeySpaceInRocksDb() {
        var config = ServerConfig.defaults(Path.of("d"));

        assertThat(config.member()).isEqualTo(new MemberConfig("default", Path.of("d"), Path.of("d")));
        assertThat(config.listeners().clientUrls()).hasToString("[http://localhost:2379]");
        assertThat(config.listeners().advertisedClientUrls()).hasToString("[http://localhost:2379]");
        assertThat(config.listeners().peerUrls()).hasToString("[http://localhost:2380]");
        assertThat(config.listeners().advertisedPeerUrls()).hasToString("[http://localhost:2380]");
        assertThat(config.bootstrap()).hasToString("default=http://localhost:2380");
        assertThat(config.bootstrap().token()).isEqualTo("etcd-cluster");
        assertThat(config.bootstrap().state()).isEqualTo(Bootstrap.State.NEW);
        assertThat(config.storage().engine()).isEqualTo(StorageEngine.ROCKSDB);
        assertThat(config.raft())
                .isEqualTo(new RaftConfig(Duration.ofMillis(100), Duration.ofMillis(1000), 10_000, 5_000));
        assertThat(config.limits()).isEqualTo(new LimitConfig(1_572_864, 128, 4_294_967_295L, 2_147_483_648L));
        assertThat(config.compaction())
                .isEqualTo(new CompactionConfig(new AutoCompaction.Off(), 1000, Duration.ofMillis(10)));
        assertThat(config.watch()).isEqualTo(new WatchConfig(Duration.ofMinutes(10)));
        assertThat(config.keepAlive())
                .isEqualTo(new KeepAliveConfig(Duration.ofSeconds(5), Duration.ofHours(2), Duration.ofSeconds(20)));
        assertThat(config.log())
                .isEqualTo(new LogConfig(
                        LogConfig.Level.INFO, LogConfig.Format.JSON, List.of(new LogConfig.Output.StandardError())));
    }

    @Test
    void zeroMeansTheDefaultWhereEtcdTakesItSo() {
        assertThat(new LimitConfig(1, 0, 0, 0)).isEqualTo(new LimitConfig(1, 0, 4_294_967_295L, 2_147_483_648L));
        assertThat(new CompactionConfig(new AutoCompaction.Off(), 0, Duration.ZERO))
                .isEqualTo(CompactionConfig.defaults());
        assertThat(new WatchConfig(Duration.ZERO)).isEqualTo(WatchConfig.defaults());
    }

    @Test
    void aQuotaBelowZeroIsNone() {
        assertThat(new LimitConfig(1, 1, 1, -1).hasQuota()).isFalse();
        assertThat(new LimitConfig(1, 1, 1, 1).hasQuota()).isTrue();
    }

    @Test
    void aZeroAmongTheTimesOfPingsLeavesThemToGrpc() {
        var ofGrpc = new KeepAliveConfig(MILLI, Duration.ofHours(2), Duration.ofSeconds(20));
        assertThat(new KeepAliveConfig(MILLI, Duration.ZERO, MILLI)).isEqualTo(ofGrpc);
        assertThat(new KeepAliveConfig(MILLI, MILLI, Duration.ZERO)).isEqualTo(ofGrpc);
        assertThat(new KeepAliveConfig(Duration.ZERO, MILLI, MILLI))
                .isEqualTo(new KeepAliveConfig(Duration.ofMinutes(5), MILLI, MILLI));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000, --heartbeat-interval must be >0 (set to 0ms)",
        "100, 0, --election-timeout must be >0 (set to 0ms)",
        "100, 200, --election-timeout[200ms] should be at least as 5 times as --heartbeat-interval[100ms]",
        "100, 60000, '--election-timeout[60000ms] is too long, and should be set less than 50000ms'"
    })
    void impossibleTimingIsRefusedInEtcdsWords(long heartbeat, long election, String text) {
        refused(() -> new RaftConfig(Duration.ofMillis(heartbeat), Duration.ofMillis(election), 1, 0), text);
    }

    @Test
    void aRefusalNamesTheSettingItsValueAndWhatIsAllowed() {
        refused(() -> new LimitConfig(0, 1, 1, 1), "--max-request-bytes is 0, allowed is a number from 1 to 67108864");
        refused(() -> new LimitConfig(1, -1, 1, 1), "--max-txn-ops is -1, allowed is a number of at least 0");
        refused(
                () -> new LimitConfig(1, 1, 4_294_967_296L, 1),
                "--max-concurrent-streams is 4294967296, allowed is a number from 0 to 4294967295");
        refused(
                () -> new CompactionConfig(new AutoCompaction.Off(), -1, MILLI),
                "--compaction-batch-limit is -1, allowed is a number of at least 0");
        refused(
                () -> new CompactionConfig(new AutoCompaction.Off(), 1, MILLI.negated()),
                "--compaction-sleep-interval is PT-0.001S, allowed is a duration of at least 0");
        refused(
                () -> new AutoCompaction.Periodic(Duration.ZERO),
                "--auto-compaction-retention is PT0S, allowed is a positive duration");
        refused(
                () -> new AutoCompaction.Revisions(0),
                "--auto-compaction-retention is 0, allowed is a number of at least 1");
        refused(
                () -> new WatchConfig(MILLI.negated()),
                "--watch-progress-notify-interval is PT-0.001S, allowed is a duration of at least 0");
        refused(
                () -> new KeepAliveConfig(MILLI, MILLI.negated(), MILLI),
                "--grpc-keepalive-interval is PT-0.001S, allowed is a duration of at least 0");
        refused(
                () -> new LogConfig(LogConfig.Level.INFO, LogConfig.Format.JSON, List.of()),
                "--log-outputs is empty, allowed is default, stderr, stdout or files");
        refused(
                () -> new RaftConfig(MILLI, Duration.ofSeconds(1), 0, 1),
                "--snapshot-count is 0, allowed is a number of at least 1");
        refused(
                () -> new RaftConfig(MILLI, Duration.ofSeconds(1), 1, -1),
                "--snapshot-catchup-entries is -1, allowed is a number of at least 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a=b", "a\nb"})
    void aNameThatCannotBeWrittenDownIsRefused(String name) {
        assertThatThrownBy(() -> new MemberConfig(name, Path.of("d")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--name is");
    }

    @Test
    void aListenerNeedsAnAddressAndNotAName() {
        var local = List.of(new Url("localhost", 1));
        var named = List.of(new Url("foo.example", 2379));

        refused(
                () -> new ListenerConfig(named, local, local, local),
                "expected IP in URL for binding (http://foo.example:2379)");
        assertThat(new ListenerConfig(local, named, local, named).advertisedPeerUrls())
                .isEqualTo(named);
    }

    @Test
    void anAdvertisedUrlNeedsAHost() {
        var local = List.of(new Url("localhost", 1));

        refused(
                () -> new ListenerConfig(local, local, local, List.of(new Url("", 2380))),
                "--initial-advertise-peer-urls \":2380\" must be \"host:port\" (unexpected empty host (http://:2380))");
    }

    private static void refused(ThrowingCallable construction, String message) {
        assertThatThrownBy(construction).isInstanceOf(ConfigException.class).hasMessage(message);
    }
}
