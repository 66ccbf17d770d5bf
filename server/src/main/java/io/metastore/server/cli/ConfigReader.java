package io.metastore.server.cli;

import io.metastore.server.cli.text.GoDuration;
import io.metastore.server.cli.text.UsageException;
import io.metastore.server.config.AuthConfig;
import io.metastore.server.config.AutoCompaction;
import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.Collector;
import io.metastore.server.config.CompactionConfig;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.CorruptionConfig;
import io.metastore.server.config.HttpConfig;
import io.metastore.server.config.KeepAliveConfig;
import io.metastore.server.config.LimitConfig;
import io.metastore.server.config.ListenerConfig;
import io.metastore.server.config.MemberConfig;
import io.metastore.server.config.MembershipConfig;
import io.metastore.server.config.MonitoringConfig;
import io.metastore.server.config.MysqlConfig;
import io.metastore.server.config.RaftConfig;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.StorageConfig;
import io.metastore.server.config.StorageEngine;
import io.metastore.server.config.TracingConfig;
import io.metastore.server.config.TransferConfig;
import io.metastore.server.config.Url;
import io.metastore.server.config.WatchConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Turns settings into the server's records, one by one in their order.
final class ConfigReader {
    private static final List<String> NOT_OF_A_WITNESS = List.of(
            "storage",
            "listen-client-urls",
            "advertise-client-urls",
            "listen-client-http-urls",
            "listen-rest-urls",
            "force-new-cluster",
            "mysql-listen-address");

    private final Settings settings;

    ConfigReader(Settings settings) {
        this.settings = settings;
    }

    /// @throws UsageException when a value cannot be read
    /// @throws ConfigException when values can be read and must not be used
    ServerConfig read() {
        var listeners = listeners();
        return new ServerConfig(
                member(),
                listeners,
                bootstrap(listeners),
                storage(),
                raft(),
                new TransferConfig(settings.number("snapshot-transfer-rate", 0, Long.MAX_VALUE)),
                new MembershipConfig(
                        settings.isOn("strict-reconfig-check"),
                        settings.smallNumber("max-learners"),
                        settings.isOn("force-new-cluster")),
                limits(),
                compaction(),
                corruption(),
                new WatchConfig(settings.duration("watch-progress-notify-interval")),
                keepAlive(),
                auth(),
                new LogConfigReader(settings).read(),
                http(),
                new TlsConfigReader(settings).read(),
                monitoring(),
                mysql());
    }

    private MysqlConfig mysql() {
        return new MysqlConfig(
                settings.text("mysql-listen-address").isEmpty()
                        ? Optional.empty()
                        : Optional.of(settings.read("mysql-listen-address", MysqlConfig.Address::parse)),
                settings.text("mysql-username"),
                settings.text("mysql-password"),
                settings.smallNumber("mysql-max-connections"),
                settings.smallNumber("mysql-max-allowed-packet"),
                settings.duration("mysql-wait-timeout"),
                settings.isOn("mysql-require-secure-transport"));
    }

    private MonitoringConfig monitoring() {
        return new MonitoringConfig(
                // As in etcd, any other word means basic.
                settings.text("metrics").equals("extensive"),
                settings.duration("warning-unary-request-duration"),
                settings.duration("warning-apply-duration"),
                tracing());
    }

    /// As in etcd, what is said of traces is looked at only when there are to be any.
    private TracingConfig tracing() {
        long perMillion = settings.number("distributed-tracing-sampling-rate", Long.MIN_VALUE, Long.MAX_VALUE);
        return settings.isOn("enable-distributed-tracing")
                ? new TracingConfig.On(
                        Collector.parse(settings.text("distributed-tracing-address")),
                        settings.text("distributed-tracing-service-name"),
                        settings.text("distributed-tracing-instance-id"),
                        perMillion)
                : new TracingConfig.Off();
    }

    private StorageConfig storage() {
        var engine =
                settings.choice("storage", Map.of("memory", StorageEngine.MEMORY, "rocksdb", StorageEngine.ROCKSDB));
        if (!settings.choice("role", Map.of("data", false, "witness", true))) {
            return new StorageConfig(engine);
        }
        for (var flag : NOT_OF_A_WITNESS) {
            if (settings.isGiven(flag)) {
                throw new ConfigException("--" + flag + " is set, and --role is witness: a witness keeps no keys and"
                        + " serves no clients, so leave it out");
            }
        }
        return new StorageConfig(StorageEngine.WITNESS);
    }

    private HttpConfig http() {
        return new HttpConfig(
                settings.urlsOrNone("listen-client-http-urls"),
                settings.urlsOrNone("listen-rest-urls"),
                settings.urlsOrNone("listen-metrics-urls"),
                settings.words("cors"),
                settings.words("host-whitelist"),
                settings.isOn("enable-grpc-gateway"));
    }

    private MemberConfig member() {
        var name = settings.text("name");
        var dataDir = Path.of(settings.isGiven("data-dir") ? settings.text("data-dir") : name + ".etcd");
        var logDir = settings.text("wal-dir");
        return logDir.isEmpty() ? new MemberConfig(name, dataDir) : new MemberConfig(name, dataDir, Path.of(logDir));
    }

    private ListenerConfig listeners() {
        var listeners = new ListenerConfig(
                settings.urls("listen-client-urls"),
                settings.urls("advertise-client-urls"),
                settings.urls("listen-peer-urls"),
                settings.urls("initial-advertise-peer-urls"));
        if (settings.isGiven("listen-client-urls") && !settings.isGiven("advertise-client-urls")) {
            throw new ConfigException(
                    "--advertise-client-urls is required when --listen-client-urls is set explicitly");
        }
        return listeners;
    }

    private Bootstrap bootstrap(ListenerConfig listeners) {
        var state = settings.choice(
                "initial-cluster-state", Map.of("new", Bootstrap.State.NEW, "existing", Bootstrap.State.EXISTING));
        var token = settings.text("initial-cluster-token");
        var search = new DiscoveryReader(settings).read();
        if (search.isEmpty()) {
            return new Bootstrap(founders(listeners), state, token);
        }
        var self = new Bootstrap(ServerConfig.alone(settings.text("name"), listeners), state, token);
        return Bootstrap.searching(self, search.get());
    }

    /// As in etcd, a name is enough to found a cluster of one; under the default name the URLs must be
    /// the default ones too, or the founders must be given.
    private SequencedMap<String, List<Url>> founders(ListenerConfig listeners) {
        var name = settings.text("name");
        return settings.isGiven("initial-cluster") || name.equals(MemberConfig.DEFAULT_NAME)
                ? settings.read("initial-cluster", Bootstrap::parseMembers)
                : ServerConfig.alone(name, listeners);
    }

    private RaftConfig raft() {
        return new RaftConfig(
                settings.millis("heartbeat-interval"),
                settings.millis("election-timeout"),
                settings.number("snapshot-count", 0, Long.MAX_VALUE),
                settings.number("snapshot-catchup-entries", 0, Long.MAX_VALUE));
    }

    private LimitConfig limits() {
        return new LimitConfig(
                settings.smallNumber("max-request-bytes"),
                settings.smallNumber("max-txn-ops"),
                settings.number("max-concurrent-streams", 0, LimitConfig.UNLIMITED_STREAMS),
                settings.number("quota-backend-bytes", Long.MIN_VALUE, Long.MAX_VALUE));
    }

    private CompactionConfig compaction() {
        return new CompactionConfig(
                autoCompaction(),
                settings.smallNumber("compaction-batch-limit"),
                settings.duration("compaction-sleep-interval"));
    }

    private CorruptionConfig corruption() {
        var gates = settings.read("feature-gates", FeatureGates::parse);
        return new CorruptionConfig(
                gates.isOn("InitialCorruptCheck") || settings.isOn("experimental-initial-corrupt-check"),
                settings.duration("corrupt-check-time"),
                gates.isOn("CompactHashCheck") || settings.isOn("experimental-compact-hash-check-enabled"),
                settings.duration("compact-hash-check-time"));
    }

    private AutoCompaction autoCompaction() {
        var mode = settings.text("auto-compaction-mode");
        return switch (mode) {
            case "revision" -> revisions(settings.number("auto-compaction-retention", 0, Long.MAX_VALUE));
            case "periodic" -> periodic(settings.read("auto-compaction-retention", ConfigReader::hoursOrDuration));
            case "" -> throw new ConfigException("undefined auto-compaction-mode");
            default -> throw new ConfigException("unknown auto-compaction-mode \"" + mode + "\"");
        };
    }

    private static AutoCompaction revisions(long retention) {
        return retention == 0 ? new AutoCompaction.Off() : new AutoCompaction.Revisions(retention);
    }

    private static AutoCompaction periodic(Duration retention) {
        return retention.isZero() ? new AutoCompaction.Off() : new AutoCompaction.Periodic(retention);
    }

    /// `2` is two hours, `90m` is what it says.
    private static Duration hoursOrDuration(String text) {
        return text.matches("\\d{1,6}") ? Duration.ofHours(Long.parseLong(text)) : GoDuration.parse(text);
    }

    private AuthConfig auth() {
        return new AuthConfig(
                AuthConfig.TokenKind.parse(settings.text("auth-token"), GoDuration::parse),
                Duration.ofSeconds(settings.number("auth-token-ttl", 0, Integer.MAX_VALUE)),
                settings.smallNumber("bcrypt-cost"));
    }

    private KeepAliveConfig keepAlive() {
        return new KeepAliveConfig(
                settings.duration("grpc-keepalive-min-time"),
                settings.duration("grpc-keepalive-interval"),
                settings.duration("grpc-keepalive-timeout"));
    }
}
