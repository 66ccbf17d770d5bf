package io.metastore.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One request and the way of its answer: whole, or in parts as they come. The answer is given from any thread and
/// written on the event loop; what is said after its end, or after the client has gone, goes nowhere.
public final class Exchange {
    /// Unlike `RFC_1123_DATE_TIME`, always with two digits for the day, as HTTP wants it.
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final ChannelHandlerContext context;
    private final Request request;
    private final Map<String, String> headers;
    private final Runnable done;

    // Of the event loop.
    private boolean begun;
    private boolean over;
    private Runnable whenWritable = () -> {};
    private Runnable whenGone = () -> {};

    /// @param headers of every answer on this connection
    /// @param done is run when the answer is written
    Exchange(ChannelHandlerContext context, Request request, Map<String, String> headers, Runnable done) {
        this.context = context;
        this.request = request;
        this.headers = headers;
        this.done = done;
    }

    public Request request() {
        return request;
    }

    /// Whether it came over TLS.
    public boolean isSecure() {
        return ClientCertificate.isSecure(context.channel());
    }

    /// The name of a user in the certificate that came with the connection; it is not who makes the call.
    public Optional<String> commonName() {
        return ClientCertificate.commonName(context.channel());
    }

    /// Where the connection lives.
    public EventLoop loop() {
        return context.channel().eventLoop();
    }

    /// Runs when the connection takes more again; on the event loop.
    public void onWritable(Runnable action) {
        whenWritable = action;
    }

    /// Runs when the client has gone before the answer's end; on the event loop.
    public void onGone(Runnable action) {
        whenGone = action;
    }

    /// Whether the connection takes more without storing it up.
    public boolean isWritable() {
        return context.channel().isWritable();
    }

    /// Answers all at once.
    public void answer(Answer answer) {
        onLoop(() -> {
            var body = request.method().equals(HttpMethod.HEAD)
                    ? Unpooled.EMPTY_BUFFER
                    : Unpooled.wrappedBuffer(answer.body().shared());
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), body);
            addHeaders(response.headers(), answer.headers());
            response.headers()
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length());
            finish(response);
        });
    }

    /// Begins an answer in parts.
    public void begin(HttpResponseStatus status, Map<String, String> own) {
        onLoop(() -> {
            begun = true;
            HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
            addHeaders(response.headers(), own);
            if (request.isChunkable()) {
                response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            }
            var _ = context.writeAndFlush(response);
        });
    }

    /// Writes a part.
    public void write(byte[] part) {
        onLoop(() -> {
            var _ = context.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(part)));
        });
    }

    /// Whether an answer in parts was begun.
    public boolean hasBegun() {
        return begun;
    }

    /// Ends an answer in parts.
    public void end() {
        onLoop(() -> finish(LastHttpContent.EMPTY_LAST_CONTENT));
    }

    private void onLoop(Runnable action) {
        if (loop().inEventLoop()) {
            unlessOver(action);
        } else {
            loop().execute(() -> unlessOver(action));
        }
    }

    private void unlessOver(Runnable action) {
        if (!over) {
            action.run();
        }
    }

    private void finish(Object last) {
        over = true;
        context.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        done.run();
    }

    private void addHeaders(HttpHeaders all, Map<String, String> own) {
        headers.forEach(all::set);
        own.forEach(all::set);
        all.set(HttpHeaderNames.DATE, DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }

    void writable() {
        if (!over && isWritable()) {
            whenWritable.run();
        }
    }

    void gone() {
        if (!over) {
            over = true;
            whenGone.run();
        }
    }
}
