package io.metastore.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves one HTTP/1.1 connection, one request after the other. While one is served the connection is read until
/// another one has come, so that a client that goes away is noticed, and one that sends ahead must wait. (Netty's
/// handler for this, `FlowControlHandler`, keeps a request to itself that came in more than one piece.)
final class HttpConnection extends SimpleChannelInboundHandler<Request> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

    private final Site site;
    private @Nullable Exchange current;
    /// More than one only when they came in the same piece.
    private final Deque<Request> waiting = new ArrayDeque<>();

    HttpConnection(Site site) {
        this.site = site;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, Request request) {
        waiting.add(request);
        serveNext(context);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        readUnlessAhead(context);
    }

    private void readUnlessAhead(ChannelHandlerContext context) {
        if (waiting.isEmpty()) {
            context.read();
        }
    }

    private void serveNext(ChannelHandlerContext context) {
        if (current == null && !waiting.isEmpty()) {
            var request = waiting.remove();
            var exchange = new Exchange(context, request, site.headers(request.headers()), () -> served(context));
            current = exchange;
            site.serve(exchange);
        }
    }

    private void served(ChannelHandlerContext context) {
        current = null;
        // Not from here: a client that sends many would make this nest deeply.
        context.executor().execute(() -> {
            serveNext(context);
            readUnlessAhead(context);
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (current != null) {
            current.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (current != null) {
            current.gone();
            current = null;
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        // Events of gRPC's negotiation have no meaning here, and nobody behind this handler wants them.
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.atDebug().addKeyValue("reason", cause.getMessage()).log("HTTP connection failed");
        var _ = context.close();
    }
}
