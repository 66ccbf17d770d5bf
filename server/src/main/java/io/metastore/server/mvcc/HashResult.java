package io.metastore.server.mvcc;

import io.metastore.server.request.Reason;

/// The answer to a request for the hash of the history up to a revision.
public sealed interface HashResult {
    /// A hash.
    ///
    /// @param hash CRC-32C, to be read as an unsigned number
    /// @param hashRevision the revision up to which rows were hashed
    /// @param compactRevision the compaction whose result was hashed; -1 for none. Hashes can be compared only when
    ///     this is equal too
    /// @param revision the store's newest revision
    record Hash(int hash, long hashRevision, long compactRevision, long revision) implements HashResult {}

    /// The revision is compacted or in the future.
    record Refused(Reason reason) implements HashResult {}
}
