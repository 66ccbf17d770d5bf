package io.metastore.server.cli;

import java.util.HashMap;
import java.util.Map;

/// Etcd's switches for what is not settled yet.
///
///     InitialCorruptCheck=true,CompactHashCheck=true
record FeatureGates(Map<String, Boolean> switches) {
    /// All of etcd 3.7, as they are when nobody sets them. Only the first two change anything here: the others stand
    /// for how etcd does something, or for what is always so.
    private static final Map<String, Boolean> INITIAL = Map.of(
            "InitialCorruptCheck", false,
            "CompactHashCheck", false,
            "StopGRPCServiceOnDefrag", false,
            "LeaseCheckpoint", false,
            "LeaseCheckpointPersist", false,
            "SetMemberLocalAddr", false,
            "PriorityRequest", false,
            "TxnModeWriteWithSharedBuffer", true,
            "FastLeaseKeepAlive", true);

    /// Source of the words: etcd's `featuregate`.
    ///
    /// @throws IllegalArgumentException when a gate is unknown, or is neither on nor off
    static FeatureGates parse(String text) {
        var switches = new HashMap<>(INITIAL);
        for (var gate : text.split(",", -1)) {
            if (!gate.isBlank()) {
                int equals = gate.indexOf('=');
                if (equals < 0) {
                    throw new IllegalArgumentException("missing bool value for " + gate.strip());
                }
                set(
                        switches,
                        gate.substring(0, equals).strip(),
                        gate.substring(equals + 1).strip());
            }
        }
        return new FeatureGates(Map.copyOf(switches));
    }

    private static void set(Map<String, Boolean> switches, String name, String value) {
        boolean on = switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                throw new IllegalArgumentException("invalid value of " + name + "=" + value
                        + ", err: strconv.ParseBool: parsing \"" + value + "\": invalid syntax");
        };
        if (switches.replace(name, on) == null) {
            throw new IllegalArgumentException("unrecognized feature gate: " + name);
        }
    }

    boolean isOn(String name) {
        return Boolean.TRUE.equals(switches.get(name));
    }
}
