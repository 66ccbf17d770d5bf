package io.metastore.server.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;

/// What one listener serves, whatever the path.
public interface Site extends Endpoint {
    /// What every answer to this request says, besides its own headers.
    ///
    /// @param request the headers of it
    Map<String, String> headers(HttpHeaders request);
}
