package io.metastore.server.differential;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.metastore.server.grpc.SecureClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// Where a server serves clients, and how it is connected to.
///
/// @param endpoint host and port
/// @param security over TLS, when there is one
record Address(String endpoint, Optional<SSLContext> security) {
    static Address plain(String endpoint) {
        return new Address(endpoint, Optional.empty());
    }

    ManagedChannel connect() {
        var builder = NettyChannelBuilder.forTarget(endpoint).maxInboundMessageSize(Integer.MAX_VALUE);
        return security.map(SecureClient::context)
                .map(builder::sslContext)
                .orElseGet(builder::usePlaintext)
                .build();
    }

    HttpClient http() {
        var builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        security.ifPresent(builder::sslContext);
        return builder.build();
    }

    URI uri(String path) {
        return URI.create((security.isPresent() ? "https://" : "http://") + endpoint + path);
    }
}
