package io.metastore.server.storage;

import java.nio.file.Path;

class MemoryCrashTest extends CrashContract {
    @Override
    Storage open(Path directory, Disk disk) {
        return MemoryStorage.open(directory, disk);
    }
}
