package io.metastore.server.raft.log;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.ratis.conf.RaftProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriticalSettingsTest {
    private static final String TYPE = "io.metastore.server.raft.gate.GuardedRpcType";

    private static final Map<String, String> SAFE = Map.of(
            "raft.rpc.type", TYPE,
            "raft.server.read.option", "DEFAULT",
            "raft.server.read.leader.lease.enabled", "false",
            "raft.server.log.append-entries.compose.enabled", "false",
            "raft.server.log.async-flush.enabled", "false",
            "raft.server.log.unsafe-flush.enabled", "false",
            "raft.server.log.corruption.policy", "EXCEPTION",
            "raft.server.log.appender.install.snapshot.enabled", "false",
            "raft.server.log.appender.buffer.byte-limit", "4MB",
            "raft.server.log.write.buffer.size", "8MB");

    @Test
    void theSettingsTheGuardsNeedPass() {
        assertThatCode(() -> CriticalSettings.check(safe(), TYPE)).doesNotThrowAnyException();
    }

    @Test
    void whatRatisDefaultsToIsRefused() {
        assertThatThrownBy(() -> CriticalSettings.check(new RaftProperties(), TYPE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("raft.rpc.type")
                .hasMessageContaining("compose");
    }

    @ParameterizedTest
    @CsvSource({
        "raft.rpc.type, GRPC",
        "raft.server.read.option, LINEARIZABLE",
        "raft.server.read.leader.lease.enabled, true",
        "raft.server.log.append-entries.compose.enabled, true",
        "raft.server.log.async-flush.enabled, true",
        "raft.server.log.unsafe-flush.enabled, true",
        "raft.server.log.corruption.policy, WARN_AND_RETURN",
        "raft.server.log.appender.install.snapshot.enabled, true",
        "raft.server.log.write.buffer.size, 4MB"
    })
    void anyOtherValueIsRefusedByName(String key, String value) {
        var properties = safe();
        properties.set(key, value);

        assertThatThrownBy(() -> CriticalSettings.check(properties, TYPE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key);
    }

    private static RaftProperties safe() {
        var properties = new RaftProperties();
        SAFE.forEach(properties::set);
        return properties;
    }
}
