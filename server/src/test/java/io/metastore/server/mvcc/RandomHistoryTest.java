package io.metastore.server.mvcc;

import io.metastore.server.seed.Seed;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.RocksSettings;
import io.metastore.server.storage.RocksStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomHistoryTest {
    private static final Path NATIVE_LIBRARIES = Path.of("target", "native");

    @Test
    void theStoreOnTheMemoryEngineAnswersLikeTheModel(@TempDir Path folder) throws IOException {
        var random = Seed.random();
        for (int history = 0; history < 8; history++) {
            try (var storage = MemoryStorage.volatileOnly()) {
                new RandomHistory(random, storage, emptyFolder(folder, history)).run(120);
            }
        }
    }

    @Test
    void theStoreOnTheRocksEngineAnswersLikeTheModel(@TempDir Path folder) throws IOException {
        var random = Seed.random();
        for (int history = 0; history < 2; history++) {
            var settings = RocksSettings.standard(NATIVE_LIBRARIES);
            try (var storage = RocksStorage.open(folder.resolve("data-" + history), settings)) {
                new RandomHistory(random, storage, emptyFolder(folder, history)).run(120);
            }
        }
    }

    private static Path emptyFolder(Path parent, int history) throws IOException {
        return Files.createDirectory(parent.resolve("checkpoints-" + history));
    }
}
