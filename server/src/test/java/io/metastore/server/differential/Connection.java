package io.metastore.server.differential;

import com.google.protobuf.DynamicMessage;
import io.grpc.InternalMetadata;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A channel to one server.
final class Connection implements AutoCloseable {
    /// Sends the bytes as they are; gRPC's own marshaller would replace what is not ASCII.
    private static final InternalMetadata.TrustedAsciiMarshaller<byte[]> AS_IS =
            new InternalMetadata.TrustedAsciiMarshaller<>() {
                @Override
                public byte[] toAsciiString(byte[] value) {
                    return value;
                }

                @Override
                public byte[] parseAsciiString(byte[] serialized) {
                    return serialized;
                }
            };

    private final ManagedChannel channel;

    Connection(String endpoint) {
        channel = ManagedChannelBuilder.forTarget(endpoint)
                .usePlaintext()
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .build();
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

    /// `\xff` in a value stands for that byte.
    private static Metadata headers(Map<String, String> metadata) {
        var headers = new Metadata();
        metadata.forEach((name, value) -> headers.put(
                InternalMetadata.keyOf(name, AS_IS),
                value.replace("\\xff", "\u00ff").getBytes(StandardCharsets.ISO_8859_1)));
        return headers;
    }
}
