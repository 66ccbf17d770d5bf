package io.metastore.server.grpc;

import io.grpc.Status;
import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Stream;

/// Refuses messages above a size in the words of grpc-go, which etcd's clients and tests know; grpc-java has other
/// words. The size is in the five bytes before each message, so nothing of a message that is too large is kept.
///
///     DATA: 00 00 24 9F 08 …   = a message of 2,400,008 bytes
///     answer: grpc-status 8, "grpc: received message larger than max (2400008 vs. 2097152)"
final class MessageLimit extends Http2FrameListenerDecorator {
    private final GrpcHttp2ConnectionHandler grpc;
    private final int maxBytes;
    /// Only of streams that are inside a message, or refused: most frames hold one message and need no memory of it.
    private final Http2Connection.PropertyKey progress;

    private MessageLimit(GrpcHttp2ConnectionHandler grpc, int maxBytes, Http2FrameListener next) {
        super(next);
        this.grpc = grpc;
        this.maxBytes = maxBytes;
        this.progress = grpc.connection().newKey();
    }

    /// To be called before the connection reads anything.
    static void install(GrpcHttp2ConnectionHandler grpc, int maxBytes) {
        var decoder = grpc.decoder();
        decoder.frameListener(new MessageLimit(grpc, maxBytes, decoder.frameListener()));
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int streamId, ByteBuf data, int padding, boolean endOfStream)
            throws Http2Exception {
        Http2Stream stream = grpc.connection().stream(streamId);
        if (stream == null) {
            return super.onDataRead(context, streamId, data, padding, endOfStream);
        }
        MessageProgress inside = stream.getProperty(progress);
        if (inside == null && holdsOneMessage(data)) {
            return super.onDataRead(context, streamId, data, padding, endOfStream);
        }
        if (inside == null) {
            inside = new MessageProgress();
            stream.setProperty(progress, inside);
        }
        if (inside.isWithin(maxBytes)) {
            inside.advance(data, maxBytes);
            if (inside.isWithin(maxBytes)) {
                return super.onDataRead(context, streamId, data, padding, endOfStream);
            }
            refuse(context, stream, inside.length());
        }
        return data.readableBytes() + padding;
    }

    private boolean holdsOneMessage(ByteBuf data) {
        int size = data.readableBytes() - MessageProgress.PREFIX_BYTES;
        return size >= 0 && size <= maxBytes && data.getUnsignedInt(data.readerIndex() + 1) == size;
    }

    private void refuse(ChannelHandlerContext context, Http2Stream stream, long length) throws Http2Exception {
        var trailers = new DefaultHttp2Headers(false);
        if (!stream.isHeadersSent()) {
            trailers.status("200").set("content-type", "application/grpc");
        }
        trailers.set("grpc-status", Integer.toString(Status.Code.RESOURCE_EXHAUSTED.value()))
                .set("grpc-message", "grpc: received message larger than max (" + length + " vs. " + maxBytes + ")");
        var _ = grpc.encoder().writeHeaders(context, stream.id(), trailers, 0, true, context.newPromise());
        // The call's own side is told as if the client had given up; it has nothing to say any more.
        super.onRstStreamRead(context, stream.id(), Http2Error.CANCEL.code());
        var _ = grpc.encoder().writeRstStream(context, stream.id(), Http2Error.NO_ERROR.code(), context.newPromise());
        context.flush();
    }
}
