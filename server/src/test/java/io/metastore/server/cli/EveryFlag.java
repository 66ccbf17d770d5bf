package io.metastore.server.cli;

import io.metastore.server.config.AuthConfig;
import io.metastore.server.config.AutoCompaction;
import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.CertificateFiles;
import io.metastore.server.config.CipherSuites;
import io.metastore.server.config.Collector;
import io.metastore.server.config.CompactionConfig;
import io.metastore.server.config.CorruptionConfig;
import io.metastore.server.config.HttpConfig;
import io.metastore.server.config.KeepAliveConfig;
import io.metastore.server.config.LimitConfig;
import io.metastore.server.config.ListenerConfig;
import io.metastore.server.config.LogConfig;
import io.metastore.server.config.LogRotation;
import io.metastore.server.config.MemberConfig;
import io.metastore.server.config.MembershipConfig;
import io.metastore.server.config.MonitoringConfig;
import io.metastore.server.config.MysqlConfig;
import io.metastore.server.config.RaftConfig;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.StorageConfig;
import io.metastore.server.config.StorageEngine;
import io.metastore.server.config.TlsConfig;
import io.metastore.server.config.TlsVersion;
import io.metastore.server.config.TracingConfig;
import io.metastore.server.config.TransferConfig;
import io.metastore.server.config.TransportSecurity;
import io.metastore.server.config.TransportSecurity.Allowed;
import io.metastore.server.config.Url;
import io.metastore.server.config.WatchConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A command line that uses every flag.
final class EveryFlag {
    /// Each flag that works, with another value than its initial one.
    static final Map<String, String> GIVEN = Map.ofEntries(
            Map.entry("name", "m1"),
            Map.entry("data-dir", "some/data"),
            Map.entry("wal-dir", "some/log"),
            Map.entry("storage", "memory"),
            Map.entry("role", "data"), // a witness has no use for some of the others
            Map.entry("listen-client-urls", "http://127.0.0.1:1,http://[::1]:1"),
            Map.entry("advertise-client-urls", "http://a.example:1"),
            Map.entry("listen-peer-urls", "http://127.0.0.1:2"),
            Map.entry("initial-advertise-peer-urls", "http://a.example:2"),
            Map.entry("initial-cluster", "m1=http://a.example:2,m2=http://b.example:2"),
            Map.entry("initial-cluster-state", "existing"),
            Map.entry("initial-cluster-token", "t"),
            Map.entry("snapshot-count", "3"),
            Map.entry("snapshot-catchup-entries", "4"),
            Map.entry("heartbeat-interval", "5"),
            Map.entry("election-timeout", "600"),
            Map.entry("snapshot-transfer-rate", "24"),
            Map.entry("quota-backend-bytes", "7"),
            Map.entry("max-txn-ops", "8"),
            Map.entry("max-request-bytes", "9"),
            Map.entry("max-concurrent-streams", "10"),
            Map.entry("grpc-keepalive-min-time", "11s"),
            Map.entry("grpc-keepalive-interval", "12s"),
            Map.entry("grpc-keepalive-timeout", "13s"),
            Map.entry("auto-compaction-mode", "revision"),
            Map.entry("auto-compaction-retention", "14"),
            Map.entry("compaction-batch-limit", "15"),
            Map.entry("compaction-sleep-interval", "16ms"),
            Map.entry("corrupt-check-time", "21s"),
            Map.entry("compact-hash-check-time", "22s"),
            Map.entry("feature-gates", "InitialCorruptCheck=true"),
            Map.entry("experimental-initial-corrupt-check", "true"),
            Map.entry("experimental-compact-hash-check-enabled", "true"),
            Map.entry("watch-progress-notify-interval", "17s"),
            Map.entry("auth-token", "jwt,sign-method=ES256,pub-key=a.pub,priv-key=a.key,ttl=18s"),
            Map.entry("auth-token-ttl", "19"),
            Map.entry("bcrypt-cost", "20"),
            Map.entry("log-level", "debug"),
            Map.entry("log-format", "console"),
            Map.entry("log-outputs", "stdout,stderr,server.log"),
            Map.entry("enable-log-rotation", "true"),
            Map.entry("log-rotation-config-json", "{\"maxsize\": 23, \"compress\": true}"),
            Map.entry("cert-file", "c.crt"),
            Map.entry("key-file", "c.key"),
            Map.entry("client-cert-file", "cc.crt"),
            Map.entry("client-key-file", "cc.key"),
            Map.entry("trusted-ca-file", "c.ca"),
            Map.entry("client-cert-auth", "true"),
            Map.entry("client-crl-file", "c.crl"),
            Map.entry("client-cert-allowed-hostname", "a.example,b.example"),
            Map.entry("auto-tls", "true"),
            Map.entry("peer-cert-file", "p.crt"),
            Map.entry("peer-key-file", "p.key"),
            Map.entry("peer-client-cert-file", "pc.crt"),
            Map.entry("peer-client-key-file", "pc.key"),
            Map.entry("peer-trusted-ca-file", "p.ca"),
            Map.entry("peer-client-cert-auth", "true"),
            Map.entry("peer-crl-file", "p.crl"),
            Map.entry("peer-cert-allowed-cn", "m1,m2"),
            Map.entry("peer-cert-allowed-hostname", ""),
            Map.entry("peer-auto-tls", "true"),
            Map.entry("peer-skip-client-san-verification", "true"),
            Map.entry("self-signed-cert-validity", "18"),
            Map.entry("cipher-suites", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
            Map.entry("tls-min-version", ""),
            Map.entry("tls-max-version", "TLS1.2"),
            Map.entry("listen-client-http-urls", "http://127.0.0.1:3"),
            Map.entry("listen-rest-urls", "https://127.0.0.1:7"),
            Map.entry("listen-metrics-urls", "http://127.0.0.1:4,http://[::1]:4"),
            Map.entry("strict-reconfig-check", "false"),
            Map.entry("max-learners", "21"),
            Map.entry("force-new-cluster", "true"),
            Map.entry("cors", "https://a.example:5,http://b.example:6"),
            Map.entry("host-whitelist", "a.example,b.example"),
            Map.entry("enable-grpc-gateway", "false"),
            Map.entry("metrics", "extensive"),
            Map.entry("warning-unary-request-duration", "21ms"),
            Map.entry("warning-apply-duration", "22ms"),
            Map.entry("enable-distributed-tracing", "true"),
            Map.entry("distributed-tracing-address", "[::1]:5"),
            Map.entry("distributed-tracing-service-name", "s"),
            Map.entry("distributed-tracing-instance-id", "i"),
            Map.entry("distributed-tracing-sampling-rate", "25"),
            Map.entry("mysql-listen-address", "[::1]:6"),
            Map.entry("mysql-username", "u"),
            Map.entry("mysql-password", "p"),
            Map.entry("mysql-max-connections", "26"),
            Map.entry("mysql-max-allowed-packet", "2700"),
            Map.entry("mysql-wait-timeout", "28s"),
            Map.entry("mysql-require-secure-transport", "true"));

    /// What they say.
    static final ServerConfig SETTINGS = new ServerConfig(
            new MemberConfig("m1", Path.of("some/data"), Path.of("some/log")),
            new ListenerConfig(
                    List.of(new Url("127.0.0.1", 1), new Url("::1", 1)),
                    List.of(new Url("a.example", 1)),
                    List.of(new Url("127.0.0.1", 2)),
                    List.of(new Url("a.example", 2))),
            new Bootstrap(
                    Bootstrap.parseMembers("m1=http://a.example:2,m2=http://b.example:2"),
                    Bootstrap.State.EXISTING,
                    "t"),
            new StorageConfig(StorageEngine.MEMORY),
            new RaftConfig(Duration.ofMillis(5), Duration.ofMillis(600), 3, 4),
            new TransferConfig(24),
            new MembershipConfig(false, 21, true),
            new LimitConfig(9, 8, 10, 7),
            new CompactionConfig(new AutoCompaction.Revisions(14), 15, Duration.ofMillis(16)),
            new CorruptionConfig(true, Duration.ofSeconds(21), true, Duration.ofSeconds(22)),
            new WatchConfig(Duration.ofSeconds(17)),
            new KeepAliveConfig(Duration.ofSeconds(11), Duration.ofSeconds(12), Duration.ofSeconds(13)),
            new AuthConfig(
                    new AuthConfig.TokenKind.Signed("ES256", "a.pub", "a.key", Duration.ofSeconds(18)),
                    Duration.ofSeconds(19),
                    20),
            new LogConfig(
                    LogConfig.Level.DEBUG,
                    LogConfig.Format.CONSOLE,
                    List.of(
                            new LogConfig.Output.StandardOutput(),
                            new LogConfig.Output.StandardError(),
                            new LogConfig.Output.ToRotatedFile(
                                    Path.of("server.log"), new LogRotation(23, 0, 0, false, true)))),
            new HttpConfig(
                    List.of(new Url("127.0.0.1", 3)),
                    List.of(new Url(true, "127.0.0.1", 7)),
                    List.of(new Url("127.0.0.1", 4), new Url("::1", 4)),
                    Set.of("https://a.example:5", "http://b.example:6"),
                    Set.of("a.example", "b.example"),
                    false),
            new TlsConfig(
                    new TransportSecurity(
                            new CertificateFiles("c.crt", "c.key"),
                            new CertificateFiles("cc.crt", "cc.key"),
                            "c.ca",
                            true,
                            "c.crl",
                            new Allowed(List.of(), List.of("a.example", "b.example")),
                            true),
                    new TransportSecurity(
                            new CertificateFiles("p.crt", "p.key"),
                            new CertificateFiles("pc.crt", "pc.key"),
                            "p.ca",
                            true,
                            "p.crl",
                            new Allowed(List.of("m1", "m2"), List.of()),
                            true),
                    true,
                    new TlsConfig.Versions(TlsVersion.TLS_1_2, TlsVersion.TLS_1_2),
                    new CipherSuites(List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")),
                    18),
            new MonitoringConfig(
                    true,
                    Duration.ofMillis(21),
                    Duration.ofMillis(22),
                    new TracingConfig.On(new Collector("[::1]", 5), "s", "i", 25)),
            new MysqlConfig(
                    Optional.of(new MysqlConfig.Address("::1", 6)), "u", "p", 26, 2700, Duration.ofSeconds(28), true));

    private EveryFlag() {}
}
