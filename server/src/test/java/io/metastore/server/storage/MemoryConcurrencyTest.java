package io.metastore.server.storage;

import java.nio.file.Path;

class MemoryConcurrencyTest extends ConcurrencyContract {
    @Override
    Storage open(Path directory) {
        return MemoryStorage.open(directory);
    }
}
