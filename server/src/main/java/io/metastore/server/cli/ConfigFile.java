package io.metastore.server.cli;

import io.metastore.server.cli.text.YamlFile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A configuration file as etcd's users have them: YAML, the keys are the flags' names, durations count nanoseconds,
/// and what belongs to TLS stands in two blocks.
///
///     name: m1
///     heartbeat-interval: 100
///     grpc-keepalive-interval: 7200000000000
///     log-outputs: [stderr]
///     peer-transport-security:
///       cert-file: /etc/metastore/peer.crt
final class ConfigFile {
    /// Block to what its keys have before them as flags.
    private static final Map<String, String> BLOCKS = Map.of(
            "client-transport-security", "", "peer-transport-security", "peer-", "discovery-config", "discovery-");

    private final FlagTable table;
    private final YamlFile file;
    private final SequencedMap<String, Given> settings = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private ConfigFile(FlagTable table, YamlFile file) {
        this.table = table;
        this.file = file;
    }

    /// @param settings flag name to what the file says
    /// @param warnings keys that mean nothing
    record Contents(SequencedMap<String, Given> settings, List<String> warnings) {}

    /// @throws io.metastore.server.config.ConfigException when a value is not of its flag's type
    static Contents read(FlagTable table, YamlFile yaml) {
        var file = new ConfigFile(table, yaml);
        yaml.keys().forEach(file::add);
        return new Contents(file.settings, file.warnings);
    }

    private void add(Object key, @Nullable Object value) {
        var name = key.toString();
        var prefix = BLOCKS.get(name);
        if (prefix != null && value instanceof Map<?, ?> block) {
            block.forEach((inner, innerValue) -> addTo(prefix, name, inner.toString(), innerValue));
        } else {
            set(find(name), name, value);
        }
    }

    private void addTo(String prefix, String block, String key, @Nullable Object value) {
        // The blocks say `allowed-cn` where flags say `peer-cert-allowed-cn`.
        var name = key.startsWith("allowed-") ? (prefix.isEmpty() ? "client-" : prefix) + "cert-" + key : prefix + key;
        if (name.equals("client-cert-allowed-cn")) {
            // To warn only would let in those who are meant to be kept out.
            throw file.refused(block + "." + key + " is not available yet");
        }
        set(find(name), block + "." + key, value);
    }

    /// As in etcd, the case of letters does not matter.
    private Optional<Flag> find(String name) {
        return table.findEtcds(name).or(() -> table.findEtcds(name.toLowerCase(Locale.ROOT)));
    }

    private void set(Optional<Flag> known, String key, @Nullable Object value) {
        if (known.isEmpty()) {
            var hint = table.nearestOfEtcds(key).map(near -> " (did you mean " + near + "?)");
            warnings.add("unrecognized key " + key + " in " + file.path() + hint.orElse(""));
        } else if (value != null) {
            var flag = known.get();
            settings.put(flag.name(), new Given(flag, text(flag, key, value), key + " in " + file.path()));
        }
    }

    /// The value as it would stand behind the flag.
    private String text(Flag flag, String key, Object value) {
        return switch (flag.shape()) {
            case SWITCH -> value instanceof Boolean ? value.toString() : wrong(key, "true or false", value);
            case NUMBER -> value instanceof Number number ? whole(key, number) : wrong(key, "a whole number", value);
            case DURATION ->
                value instanceof Number number
                        ? whole(key, number) + "ns"
                        : wrong(key, "a number of nanoseconds", value);
            case TEXT -> value instanceof String text ? text : wrong(key, "a text, in quotes if need be", value);
            case TEXTS ->
                switch (value) {
                    case String text -> text;
                    case List<?> texts ->
                        String.join(",", texts.stream().map(String::valueOf).toList());
                    case Object _ -> wrong(key, "a list of texts", value);
                };
        };
    }

    private String whole(String key, Number number) {
        try {
            return new BigDecimal(number.toString()).toBigIntegerExact().toString();
        } catch (ArithmeticException | NumberFormatException _) {
            return wrong(key, "a whole number", number);
        }
    }

    private String wrong(String key, String wanted, Object value) {
        throw file.refused(key + " must be " + wanted + ", it is \"" + value + "\"");
    }
}
