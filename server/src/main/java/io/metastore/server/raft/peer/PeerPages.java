package io.metastore.server.raft.peer;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What plain HTTP is told on the peers' port.
public interface PeerPages {
    /// The page at a path without its query, if there is one.
    Optional<Page> find(String path);

    /// One page that is fetched with GET.
    interface Page {
        /// Answers exactly once, on any thread, without blocking the caller.
        void open(Consumer<Answer> answer);
    }

    /// What is answered to one request.
    ///
    /// @param headers besides those about the connection and the length
    record Answer(int status, Map<String, String> headers, String body) {
        /// As Go answers with an error: a line of text.
        public static Answer error(int status, String line) {
            return new Answer(
                    status,
                    Map.of("Content-Type", "text/plain; charset=utf-8", "X-Content-Type-Options", "nosniff"),
                    line + "\n");
        }
    }
}
