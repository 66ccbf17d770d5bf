package io.metastore.server;

import io.metastore.server.config.ServerConfig;
import io.metastore.server.grpc.EtcdError;
import io.metastore.server.node.Node;
import io.metastore.server.rest.RestListener;
import io.metastore.server.tls.Security;
import java.util.Optional;

/// The REST API of a member, if it is wanted.
final class RestPort {
    private RestPort() {}

    static Optional<RestListener> start(ServerConfig config, Node node, Security security) {
        var urls = config.http().restUrls();
        if (urls.isEmpty()) {
            return Optional.empty();
        }
        var place = new RestListener.Place(urls, security.clients());
        return Optional.of(
                RestListener.start(place, node, reason -> EtcdError.of(reason).text()));
    }
}
