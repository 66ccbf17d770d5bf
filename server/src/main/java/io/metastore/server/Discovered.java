package io.metastore.server;

import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.DiscoveryConfig;
import io.metastore.server.config.DnsDiscovery;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.Url;
import io.metastore.server.datadir.DataDirectory;
import io.metastore.server.datadir.Founders;
import io.metastore.server.dns.DnsFounders;
import io.metastore.server.dns.PatientLookup;
import io.metastore.server.grpc.discovery.Discovery;
import java.io.IOException;
import java.util.List;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings of a member with all founders in them, also when they must be found first.
final class Discovered {
    private static final Logger LOG = LoggerFactory.getLogger(Discovered.class);

    private Discovered() {}

    /// Blocks until the founders are found, unless they are known or the member has data already. A start that was cut
    /// short before the member's log existed looks for them again, and finds the same.
    ///
    /// @throws ConfigException in etcd's words, when they cannot be found
    static ServerConfig settled(ServerConfig config) throws IOException {
        var bootstrap = config.bootstrap();
        if (bootstrap.search().isEmpty()) {
            return config;
        }
        boolean hasData = DataDirectory.isBootstrapped(config.member().dataDir())
                || Restoration.find(config).state().isPresent();
        return switch (bootstrap.search().get()) {
            case DiscoveryConfig service -> hasData ? withoutService(config) : foundAt(service, config);
            case DnsDiscovery dns ->
                hasData
                        ? config
                        : founded(
                                config,
                                DnsFounders.find(
                                        dns,
                                        config.member().name(),
                                        config.listeners().advertisedPeerUrls()));
        };
    }

    private static ServerConfig withoutService(ServerConfig config) {
        LOG.atWarn().log("discovery token is ignored since cluster already initialized; valid logs are found");
        return config;
    }

    private static ServerConfig foundAt(DiscoveryConfig service, ServerConfig config) throws IOException {
        var bootstrap = config.bootstrap();
        if (bootstrap.state() == Bootstrap.State.EXISTING) {
            throw new ConfigException("discovery URL should not be set when joining existing initial cluster");
        }
        var self = Founders.of(config.founding(PatientLookup.ofSystem()))
                .named(config.member().name())
                .id();
        LOG.atInfo().log("Bootstrapping cluster using v3 discovery.");
        try {
            return founded(config, Discovery.join(service, self, bootstrap.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the founders were looked for", e);
        }
    }

    private static ServerConfig founded(ServerConfig config, SequencedMap<String, List<Url>> members) {
        return config.foundedBy(config.bootstrap().found(members));
    }
}
