package io.metastore.server.storage;

import java.nio.file.Path;

class RocksCrashIT extends CrashContract {
    @Override
    Storage open(Path directory, Disk disk) {
        return RocksStorage.open(directory, RocksSettings.standard(RocksStorageTest.LIBRARIES), disk);
    }
}
