package io.metastore.server.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.Optional;

/// What is known of the certificate that a connection's client has shown. It stays with the connection.
public final class ClientCertificate {
    private static final AttributeKey<Optional<String>> COMMON_NAME = AttributeKey.valueOf("io.metastore.common-name");

    private ClientCertificate() {}

    /// The handshake is done.
    static void remember(Channel channel, Optional<String> commonName) {
        channel.attr(COMMON_NAME).set(commonName);
    }

    /// The name in it, when it was asked for, was trusted, and has one.
    public static Optional<String> commonName(Channel channel) {
        return isSecure(channel) ? channel.attr(COMMON_NAME).get() : Optional.empty();
    }

    /// Whether the connection is one over TLS.
    static boolean isSecure(Channel channel) {
        return channel.hasAttr(COMMON_NAME);
    }
}
