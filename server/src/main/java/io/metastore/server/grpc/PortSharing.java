package io.metastore.server.grpc;

import io.grpc.Attributes;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.ProtocolNegotiationEvent;
import io.metastore.server.grpc.auth.CallCredentials;
import io.metastore.server.grpc.http.FirstBytes;
import io.metastore.server.http.ClientCertificate;
import io.metastore.server.http.HttpPipeline;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AsciiString;
import java.util.Optional;

/// Serves gRPC and HTTP/1.1 on one port, with TLS or without: what a new connection speaks is seen from its first
/// bytes.
///
/// A gRPC connection gets two things on the way: the executor of its event loop, as an attribute of all its calls,
/// and etcd's answer to a message that is too large.
final class PortSharing implements InternalProtocolNegotiator.ProtocolNegotiator {
    /// The executor of the event loop that a call's connection belongs to.
    static final Attributes.Key<LoopExecutor> LOOP = Attributes.Key.create("io.metastore.loop");

    private final EventLoops loops;
    private final int maxMessageBytes;
    private final Optional<HttpPipeline> http;
    private final Optional<SecurePorts> security;

    /// @param http serves connections that speak HTTP/1.1; without it they are closed
    /// @param security which addresses speak TLS; none when nothing is said
    PortSharing(EventLoops loops, int maxMessageBytes, Optional<HttpPipeline> http, Optional<SecurePorts> security) {
        this.loops = loops;
        this.maxMessageBytes = maxMessageBytes;
        this.http = http;
        this.security = security;
    }

    @Override
    public AsciiString scheme() {
        return AsciiString.cached("http");
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
        var first = firstBytes(grpc);
        return security.<ChannelHandler>map(ports -> new ByAddress(ports, first))
                .orElse(first);
    }

    private FirstBytes firstBytes(GrpcHttp2ConnectionHandler grpc) {
        return new FirstBytes(new FirstBytes.Protocols() {
            @Override
            public void http2(ChannelHandlerContext context) {
                startGrpc(context, grpc);
            }

            @Override
            public void http1(ChannelHandlerContext context) {
                http.ifPresentOrElse(pipeline -> pipeline.start(context), () -> close(context));
            }
        });
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }

    private void startGrpc(ChannelHandlerContext context, GrpcHttp2ConnectionHandler grpc) {
        MessageLimit.install(grpc, maxMessageBytes);
        var negotiator = InternalProtocolNegotiators.serverPlaintext();
        context.pipeline().addAfter(context.name(), null, negotiator.newHandler(grpc));
        context.fireUserEventTriggered(negotiated(context));
    }

    private ProtocolNegotiationEvent negotiated(ChannelHandlerContext context) {
        var executor = loops.executor(context.channel().eventLoop());
        var attributes = Attributes.newBuilder().set(LOOP, executor);
        ClientCertificate.commonName(context.channel())
                .ifPresent(name -> attributes.set(CallCredentials.COMMON_NAME, name));
        return InternalProtocolNegotiationEvent.withAttributes(
                InternalProtocolNegotiationEvent.getDefault(), attributes.build());
    }

    /// Leaves to the right handler as soon as the address of the connection is known.
    private static final class ByAddress extends ChannelInboundHandlerAdapter {
        private final SecurePorts ports;
        private final ChannelHandler plain;

        ByAddress(SecurePorts ports, ChannelHandler plain) {
            this.ports = ports;
            this.plain = plain;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            var local = context.channel().localAddress();
            context.pipeline().replace(this, null, ports.before(local, plain));
        }
    }

    @Override
    public void close() {
        // Nothing is held open between connections.
    }
}
