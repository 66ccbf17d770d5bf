package io.metastore.server.storage;

import java.nio.file.Path;

class MemoryModelTest extends ModelContract {
    @Override
    Storage open(Path directory) {
        return MemoryStorage.open(directory);
    }
}
