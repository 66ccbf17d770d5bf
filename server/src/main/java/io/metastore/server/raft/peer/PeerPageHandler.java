package io.metastore.server.raft.peer;

import io.metastore.server.raft.peer.PeerPages.Answer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.ratis.thirdparty.io.netty.buffer.Unpooled;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelFutureListener;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandlerContext;
import org.apache.ratis.thirdparty.io.netty.channel.SimpleChannelInboundHandler;
import org.apache.ratis.thirdparty.io.netty.handler.codec.http.DefaultFullHttpResponse;
import org.apache.ratis.thirdparty.io.netty.handler.codec.http.HttpHeaderNames;
import org.apache.ratis.thirdparty.io.netty.handler.codec.http.HttpHeaderValues;
import org.apache.ratis.thirdparty.io.netty.handler.codec.http.HttpMethod;
import org.apache.ratis.thirdparty.io.netty.handler.codec.http.HttpObject;
import org.apache.ratis.thirdparty.io.netty.handler.codec.http.HttpRequest;
import org.apache.ratis.thirdparty.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.ratis.thirdparty.io.netty.handler.codec.http.HttpVersion;

/// Answers the first request of a connection that speaks HTTP/1.1, and ends it: pages are fetched now and then, and
/// what the peers' port is for must not wait for connections that nobody uses.
final class PeerPageHandler extends SimpleChannelInboundHandler<HttpObject> {
    /// With two digits for the day, as HTTP wants it.
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final Supplier<Optional<PeerPages>> pages;
    private boolean answered;

    /// @param pages none while this member is starting
    PeerPageHandler(Supplier<Optional<PeerPages>> pages) {
        this.pages = pages;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject piece) {
        if (piece instanceof HttpRequest request && !answered) {
            answered = true;
            serve(request, answer -> context.executor().execute(() -> send(context, request, answer)));
        }
    }

    private void serve(HttpRequest request, Consumer<Answer> reply) {
        if (!request.decoderResult().isSuccess()) {
            reply.accept(Answer.error(400, "400 Bad Request"));
            return;
        }
        var ready = pages.get();
        if (ready.isEmpty()) {
            reply.accept(Answer.error(503, "this member is starting"));
            return;
        }
        var page = ready.get().find(path(request.uri()));
        if (page.isEmpty()) {
            reply.accept(Answer.error(404, "404 page not found"));
        } else if (request.method().equals(HttpMethod.GET)) {
            page.get().open(reply);
        } else {
            reply.accept(Answer.error(405, "Method Not Allowed"));
        }
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static void send(ChannelHandlerContext context, HttpRequest request, Answer answer) {
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean isHead = request.method().equals(HttpMethod.HEAD);
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(answer.status()),
                isHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        answer.headers().forEach(response.headers()::set);
        if (answer.status() == HttpResponseStatus.METHOD_NOT_ALLOWED.code()) {
            response.headers().set(HttpHeaderNames.ALLOW, HttpMethod.GET.name());
        }
        response.headers()
                .set(HttpHeaderNames.DATE, DATE.format(ZonedDateTime.now(ZoneOffset.UTC)))
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
