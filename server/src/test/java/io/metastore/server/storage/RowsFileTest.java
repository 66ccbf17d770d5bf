package io.metastore.server.storage;

import static io.metastore.server.storage.RowsIn.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsFileTest {
    @TempDir
    Path folder;

    private static Rows rows(Map<String, String> current) {
        var edit = new TreeEdit(Tree.EMPTY);
        current.forEach(
                (key, value) -> edit.put(bytes(key).shared(), bytes(value).shared()));
        return new Rows(Map.of(Column.CURRENT, edit.version()));
    }

    private Path write(Rows rows) throws IOException {
        var path = folder.resolve("rows");
        try (var file = new LocalDisk().create(path)) {
            RowsWriter.write(rows, file);
        }
        return path;
    }

    private static String value(Rows rows, String key) {
        var value = rows.column(Column.CURRENT).get(bytes(key).shared());
        return value == null ? "absent" : Bytes.wrap(value).utf8();
    }

    @Test
    void theFormatStaysAsItIs() throws IOException {
        var file = write(rows(Map.of("k", "v")));

        var content = HexFormat.of().formatHex(Files.readAllBytes(file));

        // The magic, version 1, and the first block: 19 bytes, its checksum, kind 1, CURRENT, "k" and "v".
        assertThat(content)
                .startsWith("4d455441524f5753" + "00000001" + "00000013")
                .contains("01" + "07" + "43555252454e54" + "00000001" + "6b" + "00000001" + "76");
    }

    @Test
    void rowsLongerThanABlockAreKept() throws IOException {
        var large = "x".repeat(5 * RowsFormat.BLOCK_LENGTH);
        var file = write(rows(Map.of("a", "1", "b", large, "c", "3", large, "d")));

        var read = RowsReader.read(file);

        assertThat(value(read, "a")).isEqualTo("1");
        assertThat(value(read, "b")).isEqualTo(large);
        assertThat(value(read, "c")).isEqualTo("3");
        assertThat(value(read, large)).isEqualTo("d");
    }

    @Test
    void noBitOfAFileCanChangeUnnoticed() throws IOException {
        var file = write(rows(Map.of("key", "value", "other", "")));
        var intact = Files.readAllBytes(file);

        for (int at = 0; at < intact.length; at++) {
            var damaged = intact.clone();
            damaged[at] ^= (byte) (1 << (at % 8));
            Files.write(file, damaged);

            assertThatThrownBy(() -> RowsReader.read(file))
                    .as("byte %s", at)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void noPartOfAFileCanBeMissingOrTooMuch() throws IOException {
        var file = write(rows(Map.of("key", "value", "other", "")));
        var intact = Files.readAllBytes(file);

        for (int length = 0; length < intact.length; length++) {
            Files.write(file, Arrays.copyOf(intact, length));
            assertThatThrownBy(() -> RowsReader.read(file))
                    .as("%s bytes of it", length)
                    .isInstanceOf(StorageException.class);
        }
        Files.write(file, Arrays.copyOf(intact, intact.length + 8));
        assertThatThrownBy(() -> RowsReader.read(file)).isInstanceOf(StorageException.class);
    }

    @Test
    void aNewerVersionIsRefusedByName() throws IOException {
        var file = write(Rows.NONE);
        var content = Files.readAllBytes(file);
        content[RowsFormat.HEADER_LENGTH - 1] = 9;
        Files.write(file, content);

        assertThatThrownBy(() -> RowsReader.read(file))
                .hasMessageContaining("version 9")
                .hasMessageContaining("reads version 1");
    }

    @Test
    void aDamagedNewestFileIsNamedAndNothingOlderIsTaken() throws IOException {
        var data = folder.resolve("data");
        try (var storage = MemoryStorage.open(data)) {
            try (var batch = storage.batch()) {
                batch.put(Column.META, bytes("a"), bytes("1"));
                batch.commit();
            }
            storage.persist();
        }
        var older = onlyFileIn(data);
        var newest = data.resolve("rows-00000000000000000002");
        Files.write(newest, Arrays.copyOf(Files.readAllBytes(older), 40));

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> MemoryStorage.open(data))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining(newest.toString())
                    .hasMessageContaining("intact copy");
            assertThat(older).exists();
        }
    }

    @Test
    void anUnfinishedFileIsIgnoredAndRemoved() throws IOException {
        var data = folder.resolve("data");
        try (var storage = MemoryStorage.open(data)) {
            storage.persist();
        }
        var unfinished = Files.writeString(data.resolve("rows-00000000000000000001.unfinished"), "half a");

        try (var storage = MemoryStorage.open(data);
                var snapshot = storage.snapshot()) {
            assertThat(RowsIn.rows(snapshot)).isEmpty();
        }

        assertThat(unfinished).doesNotExist();
    }

    private static Path onlyFileIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }
}
