package io.metastore.server.datadir;

import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.MemberConfig;
import io.metastore.server.config.MembershipConfig;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.StorageConfig;
import io.metastore.server.config.StorageEngine;

/// Configurations that differ from another one in one part.
final class Changed {
    private Changed() {}

    static ServerConfig with(ServerConfig config, MemberConfig member) {
        return copy(config, member, config.bootstrap(), config.storage(), config.membership());
    }

    static ServerConfig with(ServerConfig config, Bootstrap bootstrap) {
        return copy(config, config.member(), bootstrap, config.storage(), config.membership());
    }

    static ServerConfig with(ServerConfig config, StorageEngine engine) {
        return copy(config, config.member(), config.bootstrap(), new StorageConfig(engine), config.membership());
    }

    /// To go on with its data and without all others.
    static ServerConfig alone(ServerConfig config) {
        return copy(config, config.member(), config.bootstrap(), config.storage(), new MembershipConfig(true, 1, true));
    }

    private static ServerConfig copy(
            ServerConfig config,
            MemberConfig member,
            Bootstrap bootstrap,
            StorageConfig storage,
            MembershipConfig membership) {
        return new ServerConfig(
                member,
                config.listeners(),
                bootstrap,
                storage,
                config.raft(),
                config.transfer(),
                membership,
                config.limits(),
                config.compaction(),
                config.corruption(),
                config.watch(),
                config.keepAlive(),
                config.auth(),
                config.log(),
                config.http(),
                config.tls(),
                config.monitoring(),
                config.mysql());
    }
}
