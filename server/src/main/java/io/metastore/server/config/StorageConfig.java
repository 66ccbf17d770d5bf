package io.metastore.server.config;

/// How this member keeps the key space.
public record StorageConfig(StorageEngine engine) {
    public static StorageConfig defaults() {
        return new StorageConfig(StorageEngine.ROCKSDB);
    }
}
