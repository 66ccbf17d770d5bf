package io.metastore.server.consensus;

/// What a member says of its history of the key space up to some revision.
public sealed interface HistoryHash {
    /// A hash, as `HashKV` gives it.
    ///
    /// @param hash CRC-32C, to be read as an unsigned number
    /// @param hashRevision up to which was hashed
    /// @param compactRevision below it is nothing in the hash, -1 for none; hashes are comparable only
    ///     with equal ones
    /// @param revision the member's newest
    record Known(int hash, long hashRevision, long compactRevision, long revision) implements HistoryHash {}

    /// The history up to the revision is given up.
    record Compacted() implements HistoryHash {}

    /// The member is not as far.
    record Future() implements HistoryHash {}

    /// The member did not answer in time.
    record Silent() implements HistoryHash {}
}
