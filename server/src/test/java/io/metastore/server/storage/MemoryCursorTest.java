package io.metastore.server.storage;

import java.nio.file.Path;

class MemoryCursorTest extends CursorContract {
    @Override
    Storage open(Path directory) {
        return MemoryStorage.open(directory);
    }
}
