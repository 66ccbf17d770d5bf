package io.metastore.server.http;

import io.metastore.server.model.Bytes;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;

/// One HTTP request, whole.
///
/// @param uri as it was sent: path and query
public record Request(HttpVersion version, HttpMethod method, String uri, HttpHeaders headers, Bytes body) {
    /// The path with its escapes resolved.
    public String path() {
        return new QueryStringDecoder(uri).path();
    }

    /// Every value of each parameter, in the order they were given.
    public Map<String, List<String>> query() {
        return new QueryStringDecoder(uri).parameters();
    }

    boolean isChunkable() {
        return version.isKeepAliveDefault();
    }
}
