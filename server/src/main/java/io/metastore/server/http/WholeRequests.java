package io.metastore.server.http;

import io.metastore.server.model.Bytes;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Puts the pieces of requests together. A body has a limit, all bodies that are under way on this member have one
/// together, and a request must arrive within a time. What breaks a limit is answered, and its connection closed: by
/// the client, or a little later. Were it closed while the client still sends, its system would throw the answer away.
final class WholeRequests extends SimpleChannelInboundHandler<HttpObject> {
    /// As long as etcd waits for the headers of a request.
    private static final int PATIENCE_MINUTES = 5;
    /// How long what comes after a refusal is thrown away.
    private static final int LINGER_SECONDS = 5;

    private final BodyRoom room;
    private @Nullable HttpRequest head;
    private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private int taken;
    private boolean broken;
    private @Nullable Future<?> patience;

    WholeRequests(BodyRoom room) {
        this.room = room;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject piece) {
        if (broken) {
            return;
        }
        if (piece instanceof HttpRequest request) {
            begin(context, request);
        }
        if (piece instanceof HttpContent content && !broken) {
            append(context, content);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            boolean tooLong = request.decoderResult().cause() instanceof TooLongHttpHeaderException;
            refuse(
                    context,
                    tooLong ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : HttpResponseStatus.BAD_REQUEST,
                    "");
            return;
        }
        if (request.protocolVersion().isKeepAliveDefault() && !request.headers().contains(HttpHeaderNames.HOST)) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, ": missing required Host header");
            return;
        }
        head = request;
        patience = context.executor().schedule(() -> close(context), PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (HttpUtil.getContentLength(request, 0L) > room.mostBytes()) {
            refuseLarge(context);
        } else if (HttpUtil.is100ContinueExpected(request)) {
            var _ = context.writeAndFlush(
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void append(ChannelHandlerContext context, HttpContent content) {
        var request = head;
        if (request == null) {
            return;
        }
        int size = content.content().readableBytes();
        if (!content.decoderResult().isSuccess()) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "");
        } else if (taken + size > room.mostBytes()) {
            refuseLarge(context);
        } else if (!room.take(size)) {
            refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE, "");
        } else {
            taken += size;
            copy(content);
            if (content instanceof LastHttpContent) {
                finish(context, request);
            }
        }
    }

    /// A copy, since a slice would hold on to all that came with it.
    private void copy(HttpContent content) {
        int size = content.content().readableBytes();
        var bytes = new byte[size];
        content.content().readBytes(bytes);
        body.writeBytes(bytes);
    }

    private void finish(ChannelHandlerContext context, HttpRequest request) {
        var whole = new Request(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                request.headers(),
                Bytes.wrap(body.toByteArray()));
        reset();
        context.fireChannelRead(whole);
    }

    private void reset() {
        room.give(taken);
        taken = 0;
        body = new ByteArrayOutputStream(0);
        head = null;
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    private void refuseLarge(ChannelHandlerContext context) {
        refuse(context, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "");
    }

    /// As Go's server says it.
    private void refuse(ChannelHandlerContext context, HttpResponseStatus status, String detail) {
        broken = true;
        reset();
        var text = status.code() + " " + status.reasonPhrase() + detail;
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        closeNotAtOnce(context);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    /// Netty's own handler would close with the answer.
    private void closeNotAtOnce(ChannelHandlerContext context) {
        var pipeline = context.pipeline();
        if (pipeline.context(HttpServerKeepAliveHandler.class) != null) {
            pipeline.remove(HttpServerKeepAliveHandler.class);
        }
        patience = context.executor().schedule(() -> close(context), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        reset();
    }
}
