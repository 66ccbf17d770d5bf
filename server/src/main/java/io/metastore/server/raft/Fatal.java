package io.metastore.server.raft;

/// Ends the process at once, without a clean stop: what went wrong could make a clean stop wait for ever, or
/// make this member answer wrongly.
@FunctionalInterface
public interface Fatal {
    /// Does not return in a real server; a test's may.
    void halt(String why, Throwable cause);
}
