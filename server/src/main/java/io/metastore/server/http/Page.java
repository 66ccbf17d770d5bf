package io.metastore.server.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One page that is fetched with GET.
@FunctionalInterface
public interface Page {
    /// Answers exactly once, on any thread, without blocking the caller.
    ///
    /// @param query every value of each parameter, in the order they were given
    void open(Map<String, List<String>> query, Consumer<Answer> answer);

    /// Serves the page; other methods are refused.
    default Endpoint endpoint() {
        return exchange -> {
            if (exchange.request().method().equals(HttpMethod.GET)) {
                open(exchange.request().query(), exchange::answer);
            } else {
                exchange.answer(Answer.methodNotAllowed());
            }
        };
    }
}
