package io.metastore.server.storage;

import java.nio.file.Path;

class MemoryLifecycleTest extends LifecycleContract {
    @Override
    Storage open(Path directory) {
        return MemoryStorage.open(directory);
    }
}
