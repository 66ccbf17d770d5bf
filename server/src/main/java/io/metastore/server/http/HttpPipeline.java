package io.metastore.server.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.util.List;

/// What an HTTP/1.1 connection is made of: requests are served one only after the other was answered.
public final class HttpPipeline {
    private static final int MAX_HEADER_BYTES = 64 << 10;

    private final Site site;
    private final BodyRoom room;

    /// @param room for the bodies on all connections
    public HttpPipeline(Site site, BodyRoom room) {
        this.site = site;
        this.room = room;
    }

    /// Adds the handlers after the context's own.
    public void start(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(false);
        var name = context.name();
        for (var handler : handlers()) {
            context.pipeline().addAfter(name, null, handler);
            name = context.pipeline().context(handler).name();
        }
    }

    /// Makes a new connection one of HTTP/1.1 when it is added to it.
    public ChannelHandler beginning() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void handlerAdded(ChannelHandlerContext context) {
                start(context);
                context.pipeline().remove(this);
            }
        };
    }

    /// The last asks for its first request as soon as it is there.
    private List<ChannelHandler> handlers() {
        return List.of(
                new HttpServerCodec(new HttpDecoderConfig().setMaxHeaderSize(MAX_HEADER_BYTES)),
                new HttpServerKeepAliveHandler(),
                new WholeRequests(room),
                new HttpConnection(site));
    }
}
