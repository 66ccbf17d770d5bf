package io.metastore.server.watch;

/// Is told how watch streams do, on many threads at once; nothing it does may wait.
public interface WatchMeter {
    /// A stream's messages were handed to its connection.
    ///
    /// @param nanos how long that took, with putting the message into the form that goes out
    void sent(WatchMessage message, long nanos);

    /// A stream's turn to report progress to its quiet watchers was over.
    void reported(long nanos);

    /// A stream was ended since something failed here.
    void failed();

    /// Measures nothing.
    WatchMeter NONE = new WatchMeter() {
        @Override
        public void sent(WatchMessage message, long nanos) {}

        @Override
        public void reported(long nanos) {}

        @Override
        public void failed() {}
    };
}
