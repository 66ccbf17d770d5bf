package io.metastore.server.grpc;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;

/// What an HTTP/1.1 connection is made of.
final class HttpPipeline {
    private static final int MAX_REQUEST_BYTES = 1 << 20;

    private HttpPipeline() {}

    /// Adds the handlers after the context's own. `pages` gets whole requests, one only after it has asked for
    /// it with a read, so that answers come in the order of the requests.
    static void start(ChannelHandlerContext context, ChannelHandler pages) {
        var pipeline = context.pipeline();
        context.channel().config().setAutoRead(false);
        var name = context.name();
        pipeline.addAfter(name, "http-pages", pages);
        pipeline.addAfter(name, "http-one-by-one", new FlowControlHandler());
        pipeline.addAfter(name, "http-whole", new HttpObjectAggregator(MAX_REQUEST_BYTES));
        pipeline.addAfter(name, "http-keep-alive", new HttpServerKeepAliveHandler());
        pipeline.addAfter(name, "http-codec", new HttpServerCodec());
    }
}
