package io.metastore.server.grpc.http;

/// Is told how checks of this member's health went.
public interface ProbeMeter {
    /// Of `/health`.
    void health(boolean healthy);

    /// Of one check of a page.
    ///
    /// @param page `livez` or `readyz`
    void check(String page, String name, boolean passed);

    /// Measures nothing.
    ProbeMeter NONE = new ProbeMeter() {
        @Override
        public void health(boolean healthy) {}

        @Override
        public void check(String page, String name, boolean passed) {}
    };
}
