package io.metastore.server.grpc.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.flow.FlowControlHandler;

/// What an HTTP/1.1 connection is made of.
public final class HttpPipeline {
    private static final int MAX_REQUEST_BYTES = 1 << 20;
    private static final String CODEC = "http-codec";
    private static final String KEEP_ALIVE = "http-keep-alive";
    private static final String WHOLE = "http-whole";
    private static final String ONE_BY_ONE = "http-one-by-one";

    private HttpPipeline() {}

    /// Adds the handlers after the context's own. `pages` gets whole requests, one only after it has asked for it
    /// with a read, so that answers come in the order of the requests.
    public static void start(ChannelHandlerContext context, ChannelHandler pages) {
        var pipeline = context.pipeline();
        context.channel().config().setAutoRead(false);
        pipeline.addAfter(context.name(), CODEC, new HttpServerCodec());
        pipeline.addAfter(CODEC, KEEP_ALIVE, new HttpServerKeepAliveHandler());
        pipeline.addAfter(KEEP_ALIVE, WHOLE, new HttpObjectAggregator(MAX_REQUEST_BYTES));
        pipeline.addAfter(WHOLE, ONE_BY_ONE, new FlowControlHandler());
        // The last, since it asks for its first request as soon as it is there.
        pipeline.addAfter(ONE_BY_ONE, "http-pages", pages);
    }
}
