package io.metastore.server.raft.log;

/// How closely closed segments are read. The open one is always read whole.
public enum Depth {
    /// Headers, lengths, indexes and the last entry: what Ratis itself would overlook. Ratis reads the rest anyway.
    QUICK,
    /// Every checksum.
    FULL
}
