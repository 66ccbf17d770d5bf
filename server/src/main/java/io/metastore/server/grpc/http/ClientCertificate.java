package io.metastore.server.grpc.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Optional;

/// What is known of the certificate that a connection's client has shown. It stays with the connection.
public final class ClientCertificate {
    private static final AttributeKey<String> COMMON_NAME = AttributeKey.valueOf("io.metastore.common-name");

    private ClientCertificate() {}

    static void remember(Channel channel, String commonName) {
        channel.attr(COMMON_NAME).set(commonName);
    }

    /// The name in it, when it was asked for, was trusted, and has one.
    public static Optional<String> commonName(Channel channel) {
        return Optional.ofNullable(channel.attr(COMMON_NAME).get());
    }
}
