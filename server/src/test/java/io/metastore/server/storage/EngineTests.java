package io.metastore.server.storage;

import static io.metastore.server.storage.RowsIn.bytes;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Tests of one engine, each with a store of its own.
abstract class EngineTests {
    @TempDir
    Path folder;

    Storage storage;

    abstract Storage open(Path directory);

    @BeforeEach
    void openStorage() {
        storage = open(folder.resolve("data"));
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    final void commit(Map<String, String> rows) {
        try (var batch = storage.batch()) {
            rows.forEach((key, value) -> batch.put(Column.CURRENT, bytes(key), bytes(value)));
            batch.commit();
        }
    }

    final void delete(String... keys) {
        try (var batch = storage.batch()) {
            for (var key : keys) {
                batch.delete(Column.CURRENT, bytes(key));
            }
            batch.commit();
        }
    }
}
