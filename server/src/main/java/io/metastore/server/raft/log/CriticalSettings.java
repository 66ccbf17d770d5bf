package io.metastore.server.raft.log;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Read;

/// The settings of Ratis without which what this package's guards protect against can happen: acknowledged writes lost,
/// stale reads. A member does not start with others, whoever set them.
public final class CriticalSettings {
    /// Room for the length and the checksum of an entry in the write buffer.
    private static final long RECORD_OVERHEAD = 8;

    private CriticalSettings() {}

    /// Compares the settings with what the guards need.
    ///
    /// @param rpcType the class name of the only allowed `raft.rpc.type`: the one with the gate before Ratis's
    /// calls
    /// @throws IllegalArgumentException naming every setting with another value, and the value it must have
    public static void check(RaftProperties properties, String rpcType) {
        var wrong = new TreeMap<String, String>();
        required(rpcType).forEach((key, value) -> {
            var found = properties.get(key, "");
            if (!value.equals(found)) {
                wrong.put(key, "is '" + found + "', must be '" + value + "'");
            }
        });
        var entry = Log.Appender.bufferByteLimit(properties).getSize();
        if (Log.writeBufferSize(properties).getSize() < entry + RECORD_OVERHEAD) {
            wrong.put(Log.WRITE_BUFFER_SIZE_KEY, "must hold an entry of " + entry + " bytes and " + RECORD_OVERHEAD);
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("refused to start with unsafe settings: " + lines(wrong));
        }
    }

    /// Set explicitly, even where it is the default today, so that another release of Ratis changes nothing.
    private static Map<String, String> required(String rpcType) {
        return Map.of(
                RaftConfigKeys.Rpc.TYPE_KEY, rpcType,
                Read.OPTION_KEY, Read.Option.DEFAULT.name(),
                Read.LEADER_LEASE_ENABLED_KEY, "false",
                Log.APPEND_ENTRIES_COMPOSE_ENABLED_KEY, "false",
                Log.ASYNC_FLUSH_ENABLED_KEY, "false",
                Log.UNSAFE_FLUSH_ENABLED_KEY, "false",
                Log.CORRUPTION_POLICY_KEY, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION.name(),
                Log.Appender.INSTALL_SNAPSHOT_ENABLED_KEY, "false");
    }

    private static List<String> lines(Map<String, String> wrong) {
        return wrong.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .toList();
    }
}
