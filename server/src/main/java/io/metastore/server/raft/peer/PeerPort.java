package io.metastore.server.raft.peer;

import io.metastore.server.tls.ServerTls;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.ratis.thirdparty.io.grpc.netty.GrpcHttp2ConnectionHandler;
import org.apache.ratis.thirdparty.io.grpc.netty.InternalProtocolNegotiator;
import org.apache.ratis.thirdparty.io.grpc.netty.InternalProtocolNegotiators;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandler;
import org.apache.ratis.thirdparty.io.netty.util.AsciiString;

/// How connections to the peers' port begin: with TLS if members use it, then with whatever protocol the first bytes
/// tell.
///
/// @param pages none while this member is starting
record PeerPort(Optional<ServerTls> tls, Supplier<Optional<PeerPages>> pages)
        implements InternalProtocolNegotiator.ProtocolNegotiator {
    @Override
    public AsciiString scheme() {
        return AsciiString.cached(tls.isPresent() ? "https" : "http");
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
        var first =
                new PeerFirstBytes(InternalProtocolNegotiators.serverPlaintext().newHandler(grpc), pages);
        return tls.<ChannelHandler>map(with -> new PeerHandshake(with, first)).orElse(first);
    }

    @Override
    public void close() {
        // Nothing is held open between connections.
    }
}
