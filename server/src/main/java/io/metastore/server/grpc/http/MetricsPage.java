package io.metastore.server.grpc.http;

import io.metastore.server.http.Answer;
import io.metastore.server.http.Endpoint;
import io.metastore.server.http.Exchange;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// `/metrics`, for every method as in etcd. The page is long, so it is not made on an event loop.
///
/// @param text Prometheus's text format 0.0.4
public record MetricsPage(Supplier<String> text, Executor elsewhere) implements Endpoint {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";

    @Override
    public void serve(Exchange exchange) {
        elsewhere.execute(() -> exchange.answer(Answer.typed(TYPE, text.get())));
    }
}
