package io.metastore.server.http;

import io.metastore.server.tls.Rejection;
import io.metastore.server.tls.ServerTls;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/// Begins a connection with TLS. When the client is accepted, the next handler takes this one's place; else the log is
/// told and the connection ends.
public class TlsHandshake extends ChannelInboundHandlerAdapter {
    /// Signatures take a while, and whom to trust is read from files: the event loop goes on meanwhile.
    private static final Executor ASIDE =
            task -> Thread.ofVirtual().name("metastore-tls").start(task);

    private final ServerTls tls;
    private final ChannelHandler next;
    private final Rejection rejection = Rejection.ofClients();
    private @Nullable SSLEngine engine;

    public TlsHandshake(ServerTls tls, ChannelHandler next) {
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
            default -> context.fireUserEventTriggered(event);
        }
    }

    private void accepted(ChannelHandlerContext context) {
        if (engine != null) {
            ClientCertificate.remember(context.channel(), tls.commonName(engine));
        }
        context.pipeline().replace(this, null, next);
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
