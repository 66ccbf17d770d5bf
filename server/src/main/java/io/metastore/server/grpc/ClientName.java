package io.metastore.server.grpc;

import io.grpc.Attributes;
import io.grpc.ServerCall;
import java.util.Optional;

/// The common name in the certificate that the caller's connection began with. It was checked; whether such a user
/// exists is for others to say.
final class ClientName {
    /// Absent when no certificate was asked for, or it has no common name.
    static final Attributes.Key<String> KEY = Attributes.Key.create("io.metastore.client-name");

    private ClientName() {}

    static Optional<String> of(ServerCall<?, ?> call) {
        return Optional.ofNullable(call.getAttributes().get(KEY));
    }
}
