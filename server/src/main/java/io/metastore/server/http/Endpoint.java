package io.metastore.server.http;

/// What is behind a path.
@FunctionalInterface
public interface Endpoint {
    /// Serves one request: answers now or later, once, without blocking. Called on the connection's event loop.
    void serve(Exchange exchange);
}
