package io.metastore.server.raft.log;

import org.apache.ratis.server.protocol.TermIndex;

/// A log that may be started on.
///
/// @param first index of its first entry, -1 when it is empty
/// @param last its last entry, `TermIndex.INITIAL_VALUE` when it is empty
/// @param cutBytes how many bytes were cut off its open segment, preallocated zeros included; 0 when it ended cleanly
public record CheckedLog(long first, TermIndex last, long cutBytes) {
    static final CheckedLog EMPTY = new CheckedLog(-1, TermIndex.INITIAL_VALUE, 0);

    public boolean isEmpty() {
        return first < 0;
    }
}
