package io.metastore.server.storage;

/// The families of rows. Each is an ordered map of its own; their names are those on disk and never change.
public enum Column {
    /// key → its newest version: a latest read is one look-up, a list one scan.
    CURRENT,
    /// revision → change, the history of the store in order: watch history and hashes.
    EVENTS,
    /// key and revision → where the change is: reads at old revisions.
    HISTORY,
    /// Leases and the keys attached to them.
    LEASES,
    /// Raised alarms.
    ALARMS,
    /// What members told about themselves.
    MEMBERS,
    /// Users, roles and tokens: secrets, which no request for keys can reach.
    AUTH,
    /// Counters and positions: revision, compaction, applied index, what proposers have sent.
    META
}
