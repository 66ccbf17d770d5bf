package io.metastore.server.grpc.gateway;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusException;
import io.metastore.server.grpc.json.Json;
import io.metastore.server.grpc.json.JsonException;
import java.util.Optional;

/// The messages in the body of a request.
final class Requests<Q extends Message> {
    private final Json json;
    private final Q prototype;
    private final int bytes;
    private final int maxMessageBytes;

    Requests(byte[] body, Q prototype, int maxMessageBytes) {
        this.json = new Json(body);
        this.prototype = prototype;
        this.bytes = body.length;
        this.maxMessageBytes = maxMessageBytes;
    }

    /// The size of them all.
    int bytes() {
        return bytes;
    }

    /// The first, or an empty one if there is none; what follows it does not matter.
    Q first() throws StatusException {
        return next().orElse(prototype);
    }

    /// @throws StatusException for what is no such message, or too large for gRPC
    Optional<Q> next() throws StatusException {
        try {
            var next = json.next(prototype);
            int size = next.map(Message::getSerializedSize).orElse(0);
            if (size > maxMessageBytes) {
                throw Status.RESOURCE_EXHAUSTED
                        .withDescription(
                                "grpc: received message larger than max (" + size + " vs. " + maxMessageBytes + ")")
                        .asException();
            }
            return next;
        } catch (JsonException e) {
            throw Status.INVALID_ARGUMENT.withDescription(e.text()).asException();
        }
    }
}
