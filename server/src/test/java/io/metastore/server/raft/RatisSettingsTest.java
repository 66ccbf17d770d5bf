package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.metastore.server.config.RaftConfig;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.gate.GatedRpcType;
import io.metastore.server.raft.log.CriticalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatisSettingsTest {
    private static final RaftStart.Address LISTEN = new RaftStart.Address("127.0.0.1", 2380);

    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 2 << 20, 64 << 20})
    void theGuardsAcceptTheSettingsWhateverTheGreatestEntry(int maxEntryBytes) {
        var properties = settings(RaftConfig.defaults(), maxEntryBytes);

        assertThatCode(() -> CriticalSettings.check(properties, GatedRpcType.class.getName()))
                .doesNotThrowAnyException();
    }

    /// An entry above the limit of an append unseats the leader.
    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 2 << 20, 64 << 20})
    void theGreatestEntryFitsIntoAnAppendAndAnAppendIntoAMessageAndTheWriteBuffer(int maxEntryBytes) {
        var properties = settings(RaftConfig.defaults(), maxEntryBytes);
        long append = Log.Appender.bufferByteLimit(properties).getSize();

        assertThat(append).isGreaterThanOrEqualTo(maxEntryBytes + (1L << 20));
        assertThat(Log.writeBufferSize(properties).getSize()).isGreaterThanOrEqualTo(append + 8);
        assertThat(GrpcConfigKeys.messageSizeMax(properties, _ -> {}).getSize())
                .isGreaterThanOrEqualTo(append + (1L << 20));
    }

    @Test
    void theOneElectionTimeoutDecidesAllTiming() {
        var properties =
                settings(new RaftConfig(Duration.ofMillis(100), Duration.ofSeconds(1), 10_000, 5_000), 1 << 20);

        assertThat(Rpc.timeoutMin(properties).toLong(TimeUnit.MILLISECONDS)).isEqualTo(600);
        assertThat(Rpc.timeoutMax(properties).toLong(TimeUnit.MILLISECONDS)).isEqualTo(1200);
    }

    @Test
    void theLogIsKeptAsLongAsTheSettingsSay() {
        var properties = settings(new RaftConfig(Duration.ofMillis(100), Duration.ofSeconds(1), 123, 45), 1 << 20);

        assertThat(RaftServerConfigKeys.Snapshot.autoTriggerThreshold(properties))
                .isEqualTo(123);
        assertThat(RaftServerConfigKeys.Snapshot.creationGap(properties)).isLessThanOrEqualTo(123);
        assertThat(Log.purgePreservationLogNum(properties)).isEqualTo(45);
        assertThat(Log.purgeUptoSnapshotIndex(properties)).isTrue();
    }

    /// What is noted for each call is noted by our own sequences.
    @Test
    void ratisRemembersNoReplies() {
        var properties = settings(RaftConfig.defaults(), 1 << 20);

        assertThat(RaftServerConfigKeys.RetryCache.expiryTime(properties).getDuration())
                .isZero();
    }

    /// Its log may be the longest, and then only it can be elected; else those that hold data shall come first.
    @Test
    void aWitnessMissesItsLeaderLater() {
        var data = settings(false, RaftConfig.defaults(), 1 << 20);
        var witness = settings(true, RaftConfig.defaults(), 1 << 20);

        assertThat(RaftServerConfigKeys.Rpc.timeoutMin(witness)).isEqualTo(RaftServerConfigKeys.Rpc.timeoutMin(data));
        assertThat(RaftServerConfigKeys.Rpc.timeoutMax(witness))
                .isGreaterThan(RaftServerConfigKeys.Rpc.timeoutMax(data));
    }

    @Test
    void aWitnessKeepsLittleOfItsLogInItsSmallHeap() {
        var witness = settings(true, RaftConfig.defaults(), 1 << 20);

        assertThat(RaftServerConfigKeys.Log.segmentSizeMax(witness).getSize()).isEqualTo(1 << 20);
        assertThat(RaftServerConfigKeys.Log.segmentCacheNumMax(witness)).isEqualTo(1);
        assertThat(RaftServerConfigKeys.Log.segmentCacheSizeMax(witness).getSize())
                .isEqualTo(1 << 20);
    }

    private static RaftProperties settings(boolean witness, RaftConfig config, int maxEntryBytes) {
        var transfers = new RaftStart.Transfers("memory", Path.of("outgoing"), Path.of("incoming"), 0);
        return RatisSettings.of(
                new RaftStart(
                        1,
                        new MemberId(1),
                        1,
                        List.of(),
                        List.of(),
                        true,
                        Optional.empty(),
                        witness,
                        Path.of("raft"),
                        LISTEN,
                        transfers),
                config,
                maxEntryBytes);
    }

    private static RaftProperties settings(RaftConfig config, int maxEntryBytes) {
        return settings(false, config, maxEntryBytes);
    }
}
