package io.metastore.server.storage;

import static io.metastore.server.storage.RowsIn.bytes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksFailureIT {
    private static final String LARGE = "x".repeat(64 * 1024);

    @TempDir
    Path folder;

    private static void commit(Storage storage, int number) {
        try (var batch = storage.batch()) {
            batch.put(Column.CURRENT, bytes("key" + number), bytes(LARGE));
            batch.commit();
        }
    }

    private static void commitForSeconds(Storage storage, int seconds) {
        long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        for (int number = 1; System.nanoTime() < until; number++) {
            commit(storage, number % 1_000);
        }
    }

    /// Takes the directory away, so that no new file can be made in it.
    private void takeAway() throws IOException {
        Files.move(folder.resolve("data"), folder.resolve("elsewhere"));
    }

    private RocksStorage open() {
        return RocksStorage.open(
                folder.resolve("data"),
                new RocksSettings(RocksSettings.LEAST_MEMORY_BYTES, 2, RocksStorageTest.LIBRARIES));
    }

    @Test
    void aFailedPersistIsReportedAndNothingIsCommittedAfterIt() throws IOException {
        try (var storage = open()) {
            commit(storage, 1);
            takeAway();

            assertThatThrownBy(storage::persist).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> commit(storage, 2)).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void aFailedWriteInTheBackgroundFailsTheNextCommits() throws IOException {
        try (var storage = open()) {
            commit(storage, 0);
            takeAway();

            assertThatThrownBy(() -> commitForSeconds(storage, 30)).isInstanceOf(StorageException.class);
        }
    }
}
