package io.metastore.server.http;

import io.metastore.server.model.Bytes;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is answered to a request; headers beside these are the connection's.
public record Answer(HttpResponseStatus status, Map<String, String> headers, Bytes body) {
    private static final String TEXT = "text/plain; charset=utf-8";

    public Answer {
        headers = Map.copyOf(headers);
    }

    /// Text whose type etcd leaves to be guessed; an empty one has none.
    public static Answer of(String body) {
        return body.isEmpty() ? new Answer(HttpResponseStatus.OK, Map.of(), Bytes.EMPTY) : typed(TEXT, body);
    }

    /// Text of which browsers must not think that it is anything else.
    public static Answer text(String body) {
        return typed(TEXT, body).with("X-Content-Type-Options", "nosniff");
    }

    public static Answer json(String body) {
        return typed("application/json", body);
    }

    /// A line of text with a line feed after it.
    public static Answer error(HttpResponseStatus status, String line) {
        return new Answer(status, text("").headers(), bytes(line + "\n"));
    }

    /// Only GET is served here.
    public static Answer methodNotAllowed() {
        return error(HttpResponseStatus.METHOD_NOT_ALLOWED, "Method Not Allowed")
                .with("Allow", "GET");
    }

    /// Text of this type.
    public static Answer typed(String contentType, String body) {
        return new Answer(HttpResponseStatus.OK, Map.of("Content-Type", contentType), bytes(body));
    }

    /// The same with one more header.
    public Answer with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, body);
    }

    public String bodyText() {
        return new String(body.shared(), StandardCharsets.UTF_8);
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
