package io.metastore.server.raft.propose;

import com.google.protobuf.ByteString;
import io.metastore.server.apply.Entry;
import io.metastore.server.apply.Stamp;

/// Where a proposer's entries go while one leadership lasts.
public interface EntrySink {
    /// The term of that leadership.
    long epoch();

    /// The greatest entry that this leader takes, in bytes. Members may be started with different limits, and the
    /// leader's is the one that its log was made for.
    int maxEntryBytes();

    /// Sends an entry after all earlier ones. What becomes of it shows in the log; only when it is sure that it was
    /// not appended, `notAppended` is called, with its sequence.
    void send(Outgoing entry);

    /// An entry on its way.
    ///
    /// @param bytes as the log holds it
    /// @param decoded the same, for a leader that has not to decode it
    record Outgoing(Stamp stamp, ByteString bytes, Entry decoded) {}
}
