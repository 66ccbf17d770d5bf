package io.metastore.e2e.wire;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/// Connections to one member.
final class Channel {
    private Channel() {}

    /// @param endpoint host and port
    static ManagedChannel to(String endpoint) {
        return NettyChannelBuilder.forTarget(endpoint)
                .usePlaintext()
                .disableRetry()
                .build();
    }
}
