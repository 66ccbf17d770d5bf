package io.metastore.server.storage;

import java.nio.file.Path;

class RocksModelTest extends ModelContract {
    @Override
    Storage open(Path directory) {
        return RocksStorage.open(directory, RocksSettings.standard(RocksStorageTest.LIBRARIES));
    }
}
