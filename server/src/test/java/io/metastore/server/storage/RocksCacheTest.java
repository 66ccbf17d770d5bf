package io.metastore.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What scans leave in the block cache.
class RocksCacheTest {
    private static final int ROWS = 4000;
    private static final int ROW_BYTES = 1000;

    @TempDir
    Path directory;

    @Test
    void aScanOnceLeavesNoRowsInTheCacheWhereAnotherScanDoes() throws IOException {
        writeRows();
        try (var memory = new RocksMemory(64L << 20);
                var engine = RocksEngine.open(database(), new RocksOptions(memory, 1))) {
            var state = engine.state();
            long before = memory.cache().getUsage();

            assertThat(count(state.scanOnce(Column.EVENTS, KeyRange.ALL, () -> {})))
                    .isEqualTo(ROWS);
            long afterOnce = memory.cache().getUsage() - before;
            assertThat(count(state.scan(Column.EVENTS, KeyRange.ALL, Direction.FORWARD, () -> {})))
                    .isEqualTo(ROWS);
            long afterScan = memory.cache().getUsage() - before;

            assertThat(afterScan).isGreaterThan(ROWS * ROW_BYTES);
            assertThat(afterOnce).isLessThan(afterScan / 20);
            state.release();
        }
    }

    private void writeRows() {
        var random = new Random(1);
        try (var storage = RocksStorage.open(directory, RocksSettings.standard(RocksStorageTest.LIBRARIES))) {
            try (var batch = storage.batch()) {
                for (int i = 0; i < ROWS; i++) {
                    var value = new byte[ROW_BYTES];
                    random.nextBytes(value);
                    batch.put(Column.EVENTS, Bytes.utf8("%06d".formatted(i)), Bytes.wrap(value));
                }
                batch.commit();
            }
            storage.persist();
        }
    }

    private Path database() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith("CURRENT"))
                    .findFirst()
                    .orElseThrow()
                    .resolveSibling("");
        }
    }

    private static int count(Cursor rows) {
        try (rows) {
            int count = 0;
            while (rows.next()) {
                count++;
            }
            return count;
        }
    }
}
