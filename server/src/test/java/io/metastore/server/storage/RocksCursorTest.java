package io.metastore.server.storage;

import java.nio.file.Path;

class RocksCursorTest extends CursorContract {
    @Override
    Storage open(Path directory) {
        return RocksStorage.open(directory, RocksSettings.standard(RocksStorageTest.LIBRARIES));
    }
}
