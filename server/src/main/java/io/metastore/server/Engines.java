package io.metastore.server;

import io.metastore.server.config.StorageEngine;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.RocksSettings;
import io.metastore.server.storage.RocksStorage;
import io.metastore.server.storage.Storage;
import java.nio.file.Path;

/// The storage engines by their names.
final class Engines {
    private Engines() {}

    static Storage open(StorageEngine engine, Path directory, Path nativeLibraries) {
        return switch (engine) {
            case MEMORY, WITNESS -> MemoryStorage.open(directory);
            case ROCKSDB -> RocksStorage.open(directory, RocksSettings.standard(nativeLibraries));
        };
    }

    /// To be read only: no file is changed.
    static Storage look(StorageEngine engine, Path directory, Path nativeLibraries) {
        return switch (engine) {
            case MEMORY, WITNESS -> MemoryStorage.look(directory);
            case ROCKSDB -> RocksStorage.look(directory, RocksSettings.standard(nativeLibraries));
        };
    }
}
