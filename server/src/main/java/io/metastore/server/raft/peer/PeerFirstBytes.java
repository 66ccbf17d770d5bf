package io.metastore.server.raft.peer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.ratis.thirdparty.io.grpc.netty.InternalProtocolNegotiationEvent;
import org.apache.ratis.thirdparty.io.grpc.netty.ProtocolNegotiationEvent;
import org.apache.ratis.thirdparty.io.netty.buffer.ByteBuf;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandler;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandlerContext;
import org.apache.ratis.thirdparty.io.netty.handler.codec.ByteToMessageDecoder;
import org.apache.ratis.thirdparty.io.netty.handler.codec.http.HttpServerCodec;
import org.apache.ratis.thirdparty.io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The first handler of what comes in on the peers' port, behind TLS if there is any: waits until the protocol is
/// known, has its handlers added behind this one, and leaves. Members speak HTTP/2; who asks for a page does not.
///
///     "PRI * HTTP/2.0…"  → gRPC      anything else, "PUT /…" from its second byte on  → one page
///
/// The port of clients has the like, for the other copy of this network library.
final class PeerFirstBytes extends ByteToMessageDecoder {
    /// No method of HTTP/1.1 begins like this.
    private static final byte[] HTTP2 = "PRI ".getBytes(StandardCharsets.US_ASCII);

    /// So long all of the other protocol may take, and anything before it is known.
    private static final int PATIENCE_MINUTES = 5;

    private final ChannelHandler grpc;
    private final Supplier<Optional<PeerPages>> pages;
    private @Nullable Future<?> patience;

    /// @param grpc begins to speak gRPC when it is told that there is a connection
    PeerFirstBytes(ChannelHandler grpc, Supplier<Optional<PeerPages>> pages) {
        this.grpc = grpc;
        this.pages = pages;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        patience = context.executor().schedule(() -> close(context), PATIENCE_MINUTES, TimeUnit.MINUTES);
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.channel().close();
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
                // The page first, or the codec would come to stand behind it.
                context.pipeline().addAfter(context.name(), null, new PeerPageHandler(pages));
                context.pipeline().addAfter(context.name(), null, new HttpServerCodec());
                context.pipeline().remove(this);
                return;
            }
        }
        if (seen == HTTP2.length) {
            stopWaiting();
            context.pipeline().addAfter(context.name(), null, grpc);
            context.fireUserEventTriggered(InternalProtocolNegotiationEvent.getDefault());
            context.pipeline().remove(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        stopWaiting();
        super.channelInactive(context);
    }

    private void stopWaiting() {
        if (patience != null) {
            patience.cancel(false);
        }
    }
}
