package io.metastore.server.node;

/// What somebody must be to be served at all.
public enum Right {
    /// Anybody; only a token that is none is refused.
    ANYBODY,
    /// Somebody with a name.
    USER,
    ADMINISTRATOR
}
