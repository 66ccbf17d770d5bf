package io.metastore.server.differential;

import com.google.protobuf.DynamicMessage;
import io.grpc.InternalMetadata;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A channel to one server.
final class Connection implements AutoCloseable {
    private final ManagedChannel channel;

    Connection(Address address) {
        channel = address.connect();
    }

    OpenCall<DynamicMessage> open(Methods.Method method, Map<String, String> metadata) {
        return new OpenCall<>(channel, method.rpc(), headers(metadata));
    }

    OpenCall<byte[]> openRaw(String fullMethodName, Map<String, String> metadata) {
        return new OpenCall<>(channel, Methods.raw(fullMethodName), headers(metadata));
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Metadata headers(Map<String, String> metadata) {
        var headers = new Metadata();
        metadata.forEach((name, value) -> headers.put(InternalMetadata.keyOf(name, new Bytes()), value));
        return headers;
    }

    /// A character is a byte, also where none should be sent.
    private static final class Bytes implements InternalMetadata.TrustedAsciiMarshaller<String> {
        @Override
        public byte[] toAsciiString(String value) {
            return value.getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public String parseAsciiString(byte[] serialized) {
            return new String(serialized, StandardCharsets.ISO_8859_1);
        }
    }
}
