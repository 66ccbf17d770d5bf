package io.metastore.server.grpc.http;

import io.netty.handler.codec.http.HttpResponseStatus;
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

    /// What the page shows.
    ///
    /// @param exactType tell browsers not to guess another content type, as etcd does with most texts
    record Answer(HttpResponseStatus status, String contentType, boolean exactType, String body) {
        static final Answer METHOD_NOT_ALLOWED = error(HttpResponseStatus.METHOD_NOT_ALLOWED, "Method Not Allowed");

        private static final String TEXT = "text/plain; charset=utf-8";

        /// Text whose type etcd leaves to be guessed; an empty one has none.
        public static Answer of(String body) {
            return new Answer(HttpResponseStatus.OK, body.isEmpty() ? "" : TEXT, false, body);
        }

        public static Answer text(String body) {
            return new Answer(HttpResponseStatus.OK, TEXT, true, body);
        }

        public static Answer json(String body) {
            return new Answer(HttpResponseStatus.OK, "application/json", false, body);
        }

        /// A line of text with a line feed after it.
        public static Answer error(HttpResponseStatus status, String line) {
            return new Answer(status, TEXT, true, line + "\n");
        }
    }
}
