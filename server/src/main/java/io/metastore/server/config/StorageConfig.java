package io.metastore.server.config;

/// How this member keeps the key space.
public record StorageConfig(StorageEngine engine) {
    /// Whether it keeps no key space at all.
    public boolean isWitness() {
        return engine == StorageEngine.WITNESS;
    }

    public static StorageConfig defaults() {
        return new StorageConfig(StorageEngine.ROCKSDB);
    }
}
