package io.metastore.server.grpc.http;

import io.metastore.server.http.Access;
import io.metastore.server.http.Answer;
import io.metastore.server.http.Endpoint;
import io.metastore.server.http.Exchange;
import io.metastore.server.http.Request;
import io.metastore.server.http.Site;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;

/// What one listener serves. Paths are looked up as Go's do: one that is not clean is answered with the way to the
/// clean one; a path that ends with a slash stands for all below it.
///
///     /health → that page     /v3/kv/put → what serves /v3/     /v3, //health → see /v3/, /health     /x → not found
public final class EtcdSite implements Site {
    private static final String OLD_PREFIX = "/v3beta/";
    private static final String PREFIX = "/v3/";

    private final Access access;
    private final Map<String, Endpoint> endpoints;

    /// @param endpoints by path
    public EtcdSite(Access access, Map<String, Endpoint> endpoints) {
        this.access = access;
        this.endpoints = Map.copyOf(endpoints);
    }

    @Override
    public Map<String, String> headers(HttpHeaders request) {
        return access.permission(request);
    }

    @Override
    public void serve(Exchange exchange) {
        var request = exchange.request();
        var refusal = exchange.isSecure() ? Optional.<Answer>empty() : access.refuses(request.headers());
        if (refusal.isPresent()) {
            exchange.answer(refusal.get());
        } else if (request.method().equals(HttpMethod.OPTIONS)) {
            exchange.answer(Answer.of(""));
        } else {
            route(exchange, today(request.path()));
        }
    }

    private void route(Exchange exchange, String path) {
        var clean = clean(path);
        var endpoint = endpoints.get(clean);
        if (endpoint == null && clean.startsWith(PREFIX)) {
            endpoint = endpoints.get(PREFIX);
        }
        if (endpoint == null && endpoints.containsKey(clean + "/")) {
            exchange.answer(redirect(exchange.request(), clean + "/"));
        } else if (!clean.equals(path)) {
            exchange.answer(redirect(exchange.request(), clean));
        } else if (endpoint == null) {
            exchange.answer(Answer.error(HttpResponseStatus.NOT_FOUND, "404 page not found"));
        } else {
            endpoint.serve(exchange);
        }
    }

    /// A path of etcd 3.3 as it is written today. What serves it looks at the path's end only.
    private static String today(String path) {
        return path.startsWith(OLD_PREFIX) ? PREFIX + path.substring(OLD_PREFIX.length()) : path;
    }

    /// The path below the prefix, of a request that was routed here.
    public static String below(Request request) {
        return today(request.path()).substring(PREFIX.length());
    }

    static String clean(String path) {
        var parts = new ArrayDeque<String>();
        for (var part : path.split("/", -1)) {
            switch (part) {
                case "", "." -> {}
                case ".." -> parts.pollLast();
                default -> parts.addLast(part);
            }
        }
        var joined = "/" + String.join("/", parts);
        return path.endsWith("/") && joined.length() > 1 ? joined + "/" : joined;
    }

    private static Answer redirect(Request request, String path) {
        int query = request.uri().indexOf('?');
        var target = query < 0 ? path : path + request.uri().substring(query);
        var html = request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        var body = request.method().equals(HttpMethod.GET)
                ? "<a href=\"" + escaped(target) + "\">Temporary Redirect</a>.\n\n"
                : "";
        var answer = html ? Answer.typed("text/html; charset=utf-8", body) : Answer.of("");
        return new Answer(HttpResponseStatus.TEMPORARY_REDIRECT, answer.headers(), answer.body())
                .with("Location", target);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("'", "&#39;");
    }
}
