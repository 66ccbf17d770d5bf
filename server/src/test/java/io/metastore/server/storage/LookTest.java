package io.metastore.server.storage;

import static io.metastore.server.storage.RowsIn.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.process.FolderDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that are looked at: they are there, and every file is as it was.
class LookTest {
    private static final RocksSettings ROCKS = RocksSettings.standard(Path.of("target", "native"));

    @TempDir
    Path directory;

    @Test
    void rowsOfTheMemoryEngineAreSeenAndNoFileChanges() throws IOException {
        write(MemoryStorage.open(directory), Column.LEASES);
        // What a start would remove.
        Files.writeString(directory.resolve("rows-00000000000000000009.unfinished"), "left by a crash");
        var before = FolderDigest.of(directory);

        try (var storage = MemoryStorage.look(directory)) {
            assertThat(seen(storage)).isEqualTo(Map.of("key", "value"));
            write(storage, Column.META);
        }

        assertThat(FolderDigest.of(directory)).isEqualTo(before);
    }

    @Test
    void rowsOfRocksDbAreSeenAndNoFileChanges() {
        write(RocksStorage.open(directory, ROCKS), Column.LEASES);
        var before = FolderDigest.of(directory);

        try (var storage = RocksStorage.look(directory, ROCKS)) {
            assertThat(seen(storage)).isEqualTo(Map.of("key", "value"));
            assertThatThrownBy(() -> write(storage, Column.META)).isInstanceOf(StorageException.class);
        }

        assertThat(FolderDigest.of(directory)).isEqualTo(before);
    }

    private static Map<String, String> seen(Storage storage) {
        try (var snapshot = storage.snapshot()) {
            return RowsIn.rows(snapshot, Column.LEASES);
        }
    }

    private static void write(Storage storage, Column column) {
        try (storage) {
            try (var batch = storage.batch()) {
                batch.put(column, bytes("key"), bytes("value"));
                batch.commit();
            }
            storage.persist();
        }
    }
}
