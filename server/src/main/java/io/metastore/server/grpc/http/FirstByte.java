package io.metastore.server.grpc.http;

import io.grpc.netty.ProtocolNegotiationEvent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/// The first handler of a connection to an address that speaks both TLS and plain text: what the client speaks is seen
/// from its first byte. No method of HTTP begins like a handshake.
public final class FirstByte extends ByteToMessageDecoder {
    private static final int HANDSHAKE = 0x16;

    private final ChannelHandler secure;
    private final ChannelHandler plain;

    public FirstByte(ChannelHandler secure, ChannelHandler plain) {
        this.secure = secure;
        this.plain = plain;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (!(event instanceof ProtocolNegotiationEvent)) {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        // Added behind this one, not in its place: the byte must go through what the next handler puts before itself.
        var next = in.getByte(in.readerIndex()) == HANDSHAKE ? secure : plain;
        context.pipeline().addAfter(context.name(), null, next);
        context.pipeline().remove(this);
    }
}
