package io.metastore.e2e.check;

/// What may be wrong with a store. Each is found by the check that it is for.
enum Defect {
    NONE,
    /// A linearizable read answers from a state that is some revisions old.
    STALE_READ,
    /// As above, and the header says the newest revision.
    OLD_ROWS,
    /// A write is acknowledged and never happens.
    LOST_WRITE,
    /// The last writes are forgotten, as after a crash of a store that does not flush.
    REVISION_GOES_BACK,
    /// A transaction happens twice.
    DUPLICATED_TXN,
    /// A put tells another previous row than there was.
    WRONG_PREVIOUS,
    /// A transaction takes the branch that it must not take.
    WRONG_BRANCH,
    /// Of a transaction only the first step happens.
    TORN_TXN,
    /// A read of a compacted revision is answered.
    COMPACTED_READ_ANSWERED,
    /// A revoked lease leaves a key.
    KEYS_OUTLIVE_THEIR_LEASE,
    /// A lease ends before its time.
    LEASE_ENDS_EARLY,
    /// A put is refused and happens.
    REFUSED_AND_DONE,
    /// A range misses a key.
    MISSING_ROW,
    /// The count of a range is wrong.
    WRONG_COUNT,
    /// A serializable read shows a mixture of two states.
    SERIALIZABLE_MIXTURE,
    /// A key does not count its versions.
    WRONG_VERSION,
    /// A lost call happens twice.
    LOST_CALL_HAPPENS_TWICE
}
