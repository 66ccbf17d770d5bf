package io.metastore.server.raft.metric;

/// Is told how replication goes, on many threads at once; nothing it does may wait.
public interface RaftMeter {
    /// Another member than before leads, as far as is known here.
    void leaderChanged();

    /// This member leads, and a heartbeat was sent long after its time.
    void heartbeatLate();

    /// Entries were written to the log's file, which the disk need not have yet.
    void written(long nanos);

    /// The disk has what was written.
    void flushed(long nanos);

    /// The store was made durable, so that the log before it may go.
    void saved(long nanos);

    /// The disk took long.
    ///
    /// @param operation for what: `log` or `checkpoint`
    void diskSlow(String operation);

    /// The whole state of another member was received, and is on this disk.
    ///
    /// @param flushNanos the part that was spent on flushing what was written
    void received(long nanos, long flushNanos);

    /// An entry of so many commands was applied.
    void applied(int commands);

    /// An entry was passed over.
    void skipped(String cause);

    /// All linearizable reads that wait ask, together, how far this member must be.
    void readAsked();

    /// They got no answer, and ask again.
    void readFailed();

    /// One has waited for long.
    void readSlow();

    /// The meter of what is said to another member and heard from it; asked for once for each.
    ///
    /// @param member its id as text
    Peer peer(String member);

    /// One other member.
    interface Peer {
        void sent(long bytes);

        void received(long bytes);

        /// A call, or a stream, to it broke.
        void sendFailed();

        /// A call, or a stream, of it broke.
        void receiveFailed();

        /// It was asked something and answered.
        void answered(long nanos);

        /// It was asked something and did not answer in time.
        void silent();

        /// This member's whole state is on its way to it from now until the result is closed.
        Transfer sending();

        /// Its whole state is on its way here from now until the result is closed.
        Transfer receiving();

        /// Measures nothing.
        Peer NONE = new Peer() {
            @Override
            public void sent(long bytes) {}

            @Override
            public void received(long bytes) {}

            @Override
            public void sendFailed() {}

            @Override
            public void receiveFailed() {}

            @Override
            public void answered(long nanos) {}

            @Override
            public void silent() {}

            @Override
            public Transfer sending() {
                return Transfer.NONE;
            }

            @Override
            public Transfer receiving() {
                return Transfer.NONE;
            }
        };
    }

    /// A state on its way. Unless it is told otherwise before it is closed, it did not arrive.
    interface Transfer extends AutoCloseable {
        /// So many bytes of its files have passed.
        void moved(long bytes);

        /// So many bytes need not pass, since they did before.
        void resumed(long bytes);

        void succeeded();

        @Override
        void close();

        /// Measures nothing.
        Transfer NONE = new Transfer() {
            @Override
            public void moved(long bytes) {}

            @Override
            public void resumed(long bytes) {}

            @Override
            public void succeeded() {}

            @Override
            public void close() {}
        };
    }

    /// Measures nothing.
    RaftMeter NONE = new RaftMeter() {
        @Override
        public void leaderChanged() {}

        @Override
        public void heartbeatLate() {}

        @Override
        public void written(long nanos) {}

        @Override
        public void flushed(long nanos) {}

        @Override
        public void saved(long nanos) {}

        @Override
        public void diskSlow(String operation) {}

        @Override
        public void received(long nanos, long flushNanos) {}

        @Override
        public void applied(int commands) {}

        @Override
        public void skipped(String cause) {}

        @Override
        public void readAsked() {}

        @Override
        public void readFailed() {}

        @Override
        public void readSlow() {}

        @Override
        public Peer peer(String member) {
            return Peer.NONE;
        }
    };
}
