package io.metastore.server;

import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.datadir.DataDirectory;
import io.metastore.server.datadir.Founders;
import io.metastore.server.grpc.discovery.Discovery;
import java.io.IOException;
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
        if (bootstrap.discovery().isEmpty()) {
            return config;
        }
        if (DataDirectory.isBootstrapped(config.member().dataDir())
                || Restoration.find(config).state().isPresent()) {
            LOG.atWarn().log("discovery token is ignored since cluster already initialized; valid logs are found");
            return config;
        }
        if (bootstrap.state() == Bootstrap.State.EXISTING) {
            throw new ConfigException("discovery URL should not be set when joining existing initial cluster");
        }
        var self = Founders.of(config.founding()).named(config.member().name()).id();
        LOG.atInfo().log("Bootstrapping cluster using v3 discovery.");
        try {
            var all = Discovery.join(bootstrap.discovery().get(), self, bootstrap.toString());
            return config.foundedBy(bootstrap.found(all));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the founders were looked for", e);
        }
    }
}
