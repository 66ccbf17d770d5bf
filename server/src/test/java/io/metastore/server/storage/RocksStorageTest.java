package io.metastore.server.storage;

import java.nio.file.Path;

class RocksStorageTest extends StorageContract {
    /// Shared by all tests of a build, so that the library is unpacked once.
    static final Path LIBRARIES = Path.of("target", "native");

    @Override
    Storage open(Path directory) {
        return RocksStorage.open(directory, RocksSettings.standard(LIBRARIES));
    }
}
