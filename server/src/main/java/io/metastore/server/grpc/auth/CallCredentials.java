package io.metastore.server.grpc.auth;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.metastore.server.node.Credentials;
import java.util.Objects;

/// Who makes a call, as its metadata and its connection say. A token counts more than a certificate.
public final class CallCredentials {
    /// The common name in the client's certificate. A connection that has checked one sets it where it is known
    /// that certificates of clients are asked for; without it certificates say nothing.
    public static final Attributes.Key<String> COMMON_NAME = Attributes.Key.create("metastore.common-name");

    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /// Set by a gateway, whose own certificate is not that of its client.
    private static final Metadata.Key<String> GATEWAY =
            Metadata.Key.of("grpcgateway-accept", Metadata.ASCII_STRING_MARSHALLER);

    private static final String BEARER = "Bearer ";

    private CallCredentials() {}

    public static Credentials of(Attributes connection, Metadata metadata) {
        if (metadata.containsKey(TOKEN)) {
            return token(metadata, TOKEN);
        }
        if (metadata.containsKey(AUTHORIZATION)) {
            return token(metadata, AUTHORIZATION);
        }
        var commonName = connection.get(COMMON_NAME);
        return commonName == null || metadata.containsKey(GATEWAY)
                ? Credentials.NONE
                : new Credentials.CommonName(commonName);
    }

    private static Credentials token(Metadata metadata, Metadata.Key<String> key) {
        var text = Objects.requireNonNull(metadata.getAll(key)).iterator().next();
        return new Credentials.Token(text.startsWith(BEARER) ? text.substring(BEARER.length()) : text);
    }
}
