package io.metastore.server.mvcc;

/// The hash a compaction leaves: that of the history up to its revision as the compaction before had left it, which
/// cannot be computed any more afterwards.
///
/// @param previous the compacted revision before, -1 for none
record CompactionHash(long revision, long previous, int hash) {
    /// @param newest the store's newest revision
    HashResult.Hash result(long newest) {
        return new HashResult.Hash(hash, revision, previous, newest);
    }
}
