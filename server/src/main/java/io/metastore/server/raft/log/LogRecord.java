package io.metastore.server.raft.log;

/// Where an entry lies in its segment and which one it is.
///
/// @param offset of the first byte of its length
/// @param end offset of the first byte behind its checksum
record LogRecord(int offset, int end, long term, long index) {
    /// What precedes the first record of a segment: nothing but the header.
    ///
    /// @param term that of the entry before it; 0 when that is not known
    static LogRecord before(SegmentFile file, long term) {
        return new LogRecord(0, Segment.HEADER, term, file.first() - 1);
    }

    /// Indexes have no holes, and terms never go down.
    boolean follows(LogRecord other) {
        return index == other.index + 1 && term >= other.term;
    }
}
