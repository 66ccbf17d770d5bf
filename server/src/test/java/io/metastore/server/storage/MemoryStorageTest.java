package io.metastore.server.storage;

import java.nio.file.Path;

class MemoryStorageTest extends StorageContract {
    @Override
    Storage open(Path directory) {
        return MemoryStorage.open(directory);
    }
}
