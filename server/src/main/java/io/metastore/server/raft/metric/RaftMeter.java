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
