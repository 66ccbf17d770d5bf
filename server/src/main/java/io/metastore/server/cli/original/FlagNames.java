package io.metastore.server.cli.original;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// The original's flags, and the keys that they set.
final class FlagNames {
    /// Two flags that say the same.
    private static final String PORT = "grpc-port";
    private static final String ADDRESS = "grpc-addr";

    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("member-id", "member_id"),
            Map.entry("cluster-id", "cluster_id"),
            Map.entry("cluster", "cluster"),
            Map.entry("join", "join"),
            Map.entry("port", "http.address"),
            Map.entry(PORT, "etcd.address"),
            Map.entry(ADDRESS, "etcd.address"),
            Map.entry("client-urls", "client_urls"),
            Map.entry("storage", "storage"),
            Map.entry("max-connections", "limits.max_connections"),
            Map.entry("max-requests", "limits.max_requests"),
            Map.entry("max-memory-mb", "limits.max_memory_mb"),
            Map.entry("enable-metrics", "monitoring.enable_prometheus"),
            Map.entry("metrics-port", "monitoring.prometheus_port"),
            Map.entry("enable-object-pool", "object_pool.enable"),
            Map.entry("pool-size", "object_pool.size"),
            Map.entry("log-level", "log.level"),
            Map.entry("log-format", "log.encoding"),
            Map.entry("cert-file", "tls.cert_file"),
            Map.entry("key-file", "tls.key_file"),
            Map.entry("ca-file", "tls.ca_file"));

    private FlagNames() {}

    static Set<String> all() {
        return KEYS.keySet();
    }

    /// @param flags name to value
    /// @throws io.metastore.server.cli.text.UsageException when two say the same thing, or a value is not allowed
    static List<Entry> read(KeyTable table, Map<String, String> flags) {
        var port = flags.get(PORT);
        if (port != null && flags.containsKey(ADDRESS)) {
            throw new Entry(table.at(KEYS.getOrDefault(PORT, "")), port, "flag -" + PORT, Entry.Source.FLAG)
                    .refused("flag -" + ADDRESS + " says where clients are served, too");
        }
        return flags.entrySet().stream()
                .filter(flag -> KEYS.containsKey(flag.getKey()))
                .map(flag -> entry(table, flag.getKey(), flag.getValue()))
                .toList();
    }

    private static Entry entry(KeyTable table, String flag, String value) {
        var key = table.at(KEYS.getOrDefault(flag, flag));
        var entry = new Entry(key, value, "flag -" + flag, Entry.Source.FLAG);
        return switch (flag) {
            case "port", PORT -> port(entry);
            case "log-format" -> value.equals("text") ? withValue(entry, "console") : format(entry);
            default -> entry.checked();
        };
    }

    private static Entry port(Entry entry) {
        var ports = Kind.parse("number 1 65535");
        if (!ports.accepts(entry.value())) {
            throw entry.refused("a port " + ports.rule());
        }
        return withValue(entry, ":" + entry.value());
    }

    private static Entry format(Entry entry) {
        if (!entry.key().kind().accepts(entry.value())) {
            throw entry.refused("must be either 'json' or 'text'");
        }
        return entry;
    }

    private static Entry withValue(Entry entry, String value) {
        return new Entry(entry.key(), value, entry.origin(), entry.source());
    }
}
