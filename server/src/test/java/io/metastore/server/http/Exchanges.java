package io.metastore.server.http;

import io.metastore.server.model.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/// Exchanges without a network: what is written can be read, and the connection can be full.
public final class Exchanges implements AutoCloseable {
    private final AtomicReference<Exchange> current = new AtomicReference<>();
    private final StringBuilder written = new StringBuilder();
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new HttpServerCodec(),
            new WholeRequests(new BodyRoom(1000, 1000)),
            new SimpleChannelInboundHandler<Request>() {
                @Override
                protected void channelRead0(ChannelHandlerContext context, Request request) {
                    current.set(new Exchange(context, request, Map.of(), () -> {}));
                }

                @Override
                public void channelWritabilityChanged(ChannelHandlerContext context) {
                    current.get().writable();
                }

                @Override
                public void channelInactive(ChannelHandlerContext context) {
                    current.get().gone();
                }
            });

    /// A request that has come.
    public Exchange post(String body) {
        var text = "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        channel.writeInbound(Unpooled.wrappedBuffer(Bytes.utf8(text).shared()));
        return current.get();
    }

    /// Whether the connection takes more.
    public void setWritable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        run();
    }

    /// The client goes.
    public void disconnect() {
        var _ = channel.close();
        run();
    }

    /// Does what is to be done on the event loop.
    public void run() {
        channel.runPendingTasks();
    }

    /// All that was written so far.
    public String written() {
        run();
        ByteBuf part = channel.readOutbound();
        while (part != null) {
            written.append(part.toString(StandardCharsets.UTF_8));
            part.release();
            part = channel.readOutbound();
        }
        return written.toString();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
