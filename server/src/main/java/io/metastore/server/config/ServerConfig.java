package io.metastore.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/// All settings of one member. What exists is valid; what is checked only of a member without data is
/// `founding()`.
public record ServerConfig(
        MemberConfig member,
        ListenerConfig listeners,
        Bootstrap bootstrap,
        StorageConfig storage,
        RaftConfig raft,
        TransferConfig transfer,
        MembershipConfig membership,
        LimitConfig limits,
        CompactionConfig compaction,
        CorruptionConfig corruption,
        WatchConfig watch,
        KeepAliveConfig keepAlive,
        AuthConfig auth,
        LogConfig log,
        HttpConfig http,
        TlsConfig tls,
        MonitoringConfig monitoring,
        MysqlConfig mysql) {
    public ServerConfig {
        tls.check(listeners, http);
    }

    /// A cluster of one with etcd's defaults, except that the key space is kept in RocksDB.
    public static ServerConfig defaults(Path dataDir) {
        return new ServerConfig(
                new MemberConfig(MemberConfig.DEFAULT_NAME, dataDir),
                ListenerConfig.defaults(),
                new Bootstrap(
                        alone(MemberConfig.DEFAULT_NAME, ListenerConfig.defaults()),
                        Bootstrap.State.NEW,
                        Bootstrap.DEFAULT_TOKEN),
                StorageConfig.defaults(),
                RaftConfig.defaults(),
                TransferConfig.defaults(),
                MembershipConfig.defaults(),
                LimitConfig.defaults(),
                CompactionConfig.defaults(),
                CorruptionConfig.defaults(),
                WatchConfig.defaults(),
                KeepAliveConfig.defaults(),
                AuthConfig.defaults(),
                LogConfig.defaults(),
                HttpConfig.defaults(),
                TlsConfig.none(),
                MonitoringConfig.defaults(),
                MysqlConfig.defaults());
    }

    /// The members that found the cluster, of which this one is one. To be asked only by a member
    /// without data: a running cluster changes, and the flags that founded it may be stale.
    ///
    /// @param hosts for URLs that are written in different ways
    /// @throws ConfigException in etcd's words, when this member is not one of them as configured
    public Bootstrap founding(HostLookup hosts) {
        bootstrap.check(member.name(), listeners.advertisedPeerUrls(), hosts);
        return bootstrap;
    }

    /// The same settings with founders that were found.
    public ServerConfig foundedBy(Bootstrap founders) {
        return new ServerConfig(
                member,
                listeners,
                founders,
                storage,
                raft,
                transfer,
                membership,
                limits,
                compaction,
                corruption,
                watch,
                keepAlive,
                auth,
                log,
                http,
                tls,
                monitoring,
                mysql);
    }

    /// A founder that knows no other.
    public static SequencedMap<String, List<Url>> alone(String name, ListenerConfig listeners) {
        var members = new TreeMap<String, List<Url>>();
        members.put(name, listeners.advertisedPeerUrls());
        return members;
    }
}
