package io.metastore.server.config;

import java.util.Locale;

/// How the key space is kept. The Raft log is on disk with either.
public enum StorageEngine {
    /// Sorted maps on the heap, written to disk as checkpoints.
    MEMORY,
    /// RocksDB; memory does not grow with the data.
    ROCKSDB,
    /// None: this member is a witness, and keeps who belongs to the cluster only, as the memory engine would.
    WITNESS;

    /// As in flags, messages and directory names.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
