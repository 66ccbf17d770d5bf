package io.metastore.server.trace;

import java.util.Optional;

/// What a client sends besides a request.
@FunctionalInterface
public interface Headers {
    /// The first header of this name, which is in small letters.
    Optional<String> first(String name);
}
