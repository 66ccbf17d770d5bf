package io.metastore.server.trace;

import io.metastore.server.config.TracingConfig;

/// Follows requests through this member, of whatever protocol. For any thread; nothing here waits but `close`.
public sealed interface Tracing extends AutoCloseable permits NoTracing, CollectorTracing {
    /// As the settings have it. Nobody is dialled yet.
    static Tracing start(TracingConfig config) {
        return switch (config) {
            case TracingConfig.Off _ -> new NoTracing();
            case TracingConfig.On on -> CollectorTracing.start(on);
        };
    }

    /// Whether any request may be followed.
    boolean isOn();

    /// A client's request comes in. Whether it is followed is for the client to say; if it does not, for chance.
    ///
    /// @param name what is asked for, like `etcdserverpb.KV/Put`; not what clients choose, it is kept in memory
    /// @param headers what the client sent besides the request
    Span request(String name, Headers headers);

    /// The request that this thread works for now, see `Span.within`.
    Span current();

    /// Sends what has not been sent yet, for a bounded time.
    @Override
    void close();
}
