package io.metastore.server.grpc.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plain HTTP pages of etcd's client port, on one connection. Headers are etcd's, down to the permission for
/// browsers to ask from anywhere.
public final class HttpPages extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpPages.class);

    /// Unlike `RFC_1123_DATE_TIME`, always with two digits for the day, as HTTP wants it.
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private final Map<String, Page> pages;

    /// @param pages by path
    public HttpPages(Map<String, Page> pages) {
        this.pages = pages;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.read();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        var method = request.method();
        if (!request.decoderResult().isSuccess()) {
            send(context, method, Page.Answer.error(HttpResponseStatus.BAD_REQUEST, "400 Bad Request"));
        } else if (method.equals(HttpMethod.OPTIONS)) {
            send(context, method, Page.Answer.of(""));
        } else {
            var query = new QueryStringDecoder(request.uri());
            var page = pages.get(query.path());
            if (page == null) {
                send(context, method, Page.Answer.error(HttpResponseStatus.NOT_FOUND, "404 page not found"));
            } else if (!method.equals(HttpMethod.GET)) {
                send(context, method, Page.Answer.METHOD_NOT_ALLOWED);
            } else {
                page.open(
                        query.parameters(), answer -> context.executor().execute(() -> send(context, method, answer)));
            }
        }
    }

    private static void send(ChannelHandlerContext context, HttpMethod method, Page.Answer answer) {
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        var content = method.equals(HttpMethod.HEAD) ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body);
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, answer.status(), content);
        addHeaders(response, answer, body.length);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        context.read();
    }

    private static void addHeaders(HttpResponse response, Page.Answer answer, int length) {
        var headers = response.headers();
        headers.set("Access-Control-Allow-Headers", "accept, content-type, authorization");
        headers.set("Access-Control-Allow-Methods", "POST, GET, OPTIONS, PUT, DELETE");
        headers.set("Access-Control-Allow-Origin", "*");
        if (answer.equals(Page.Answer.METHOD_NOT_ALLOWED)) {
            headers.set(HttpHeaderNames.ALLOW, "GET");
        }
        if (!answer.contentType().isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
        }
        if (answer.exactType()) {
            headers.set("X-Content-Type-Options", "nosniff");
        }
        headers.set(HttpHeaderNames.DATE, DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, length);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        // Events of gRPC's negotiation have no meaning here, and nobody behind this handler wants them.
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.atDebug().addKeyValue("reason", cause.getMessage()).log("HTTP connection failed");
        var _ = context.close();
    }
}
