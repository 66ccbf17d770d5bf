package io.metastore.server;

import io.metastore.server.config.ServerConfig;
import io.metastore.server.mysql.MysqlListener;
import io.metastore.server.node.Node;
import io.metastore.server.tls.Security;
import java.time.Clock;
import java.util.Optional;

/// The MySQL listener of a member, if one is wanted.
final class MysqlSite {
    private MysqlSite() {}

    static Optional<MysqlListener> start(ServerConfig config, Node node, Security security) {
        return config.mysql()
                .address()
                .map(address -> MysqlListener.start(
                        config.mysql(), address, new MysqlListener.Site(node, security.mysql(), Clock.systemUTC())));
    }
}
