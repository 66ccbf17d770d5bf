package io.metastore.server.grpc.http;

import io.grpc.netty.ProtocolNegotiationEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The first handler of a connection: waits until the protocol is known, has its handlers added behind this one, and
/// leaves. The bytes seen so far go to what comes after it.
///
///     "PRI * HTTP/2.0…"  → HTTP/2      anything else, "PUT /…" from its second byte on  → HTTP/1.1
public final class FirstBytes extends ByteToMessageDecoder {
    /// No method of HTTP/1.1 begins like this.
    private static final byte[] HTTP2 = "PRI ".getBytes(StandardCharsets.US_ASCII);
    /// As long as etcd waits for the headers of a request.
    private static final int SILENCE_MINUTES = 5;

    private final Protocols protocols;
    private @Nullable Future<?> patience;

    /// Adds the handlers of a protocol after the context's own.
    public interface Protocols {
        void http2(ChannelHandlerContext context);

        void http1(ChannelHandlerContext context);
    }

    public FirstBytes(Protocols protocols) {
        this.protocols = protocols;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        patience = context.executor().schedule(() -> close(context), SILENCE_MINUTES, TimeUnit.MINUTES);
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        // gRPC starts its negotiation before anything was read; it is told when HTTP/2 is certain.
        if (!(event instanceof ProtocolNegotiationEvent)) {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        int seen = Math.min(in.readableBytes(), HTTP2.length);
        for (int i = 0; i < seen; i++) {
            if (in.getByte(in.readerIndex() + i) != HTTP2[i]) {
                protocols.http1(context);
                context.pipeline().remove(this);
                return;
            }
        }
        if (seen == HTTP2.length) {
            protocols.http2(context);
            context.pipeline().remove(this);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (patience != null) {
            patience.cancel(false);
        }
    }
}
