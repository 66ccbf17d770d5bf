package io.metastore.server.raft.peer;

import io.metastore.server.tls.Rejection;
import io.metastore.server.tls.ServerTls;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.apache.ratis.thirdparty.io.grpc.netty.InternalProtocolNegotiationEvent;
import org.apache.ratis.thirdparty.io.grpc.netty.ProtocolNegotiationEvent;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandler;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandlerContext;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslHandler;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/// Begins a connection from another member with TLS; what speaks gRPC comes after. The library's own handler would
/// check certificates, and ask the name service, on the event loop that heartbeats wait for.
final class PeerHandshake extends ChannelInboundHandlerAdapter {
    private static final Executor ASIDE =
            task -> Thread.ofVirtual().name("metastore-peer-tls").start(task);

    private final ServerTls tls;
    private final ChannelHandler next;
    private final Rejection rejection = Rejection.ofPeers();
    private @Nullable SSLEngine engine;

    PeerHandshake(ServerTls tls, ChannelHandler next) {
        this.tls = tls;
        this.next = next;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (context.channel().remoteAddress() instanceof InetSocketAddress caller) {
            engine = tls.engine(caller);
            context.pipeline().addBefore(context.name(), null, new SslHandler(engine, false, ASIDE));
        } else {
            close(context); // gone already
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent done when done.isSuccess() -> accepted(context);
            case SslHandshakeCompletionEvent done -> rejected(context, done.cause());
            // The negotiation starts before there is a connection; it is repeated once there is one.
            case ProtocolNegotiationEvent _ -> {}
            default -> context.fireUserEventTriggered(event);
        }
    }

    private void accepted(ChannelHandlerContext context) {
        context.pipeline().addAfter(context.name(), null, next);
        context.fireUserEventTriggered(InternalProtocolNegotiationEvent.getDefault());
        context.pipeline().remove(this);
    }

    private void rejected(ChannelHandlerContext context, Throwable cause) {
        if (engine != null && context.channel().remoteAddress() instanceof InetSocketAddress caller) {
            rejection.log(caller, engine, cause);
        }
        close(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(context); // the handshake has ended too, and says why
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }
}
