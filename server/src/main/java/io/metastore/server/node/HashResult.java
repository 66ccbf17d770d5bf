package io.metastore.server.node;

import io.metastore.server.request.Reason;

/// The hash of the history up to a revision, by which members compare what they hold.
public sealed interface HashResult {
    /// A hash, made of the history up to `hashRevision` after `compactRevision` was compacted.
    ///
    /// @param hash 32 bits, unsigned
    /// @param revision the store's revision when it was made
    record Hash(int hash, long hashRevision, long compactRevision, long revision) implements HashResult {}

    record Refused(Reason reason) implements HashResult {}
}
