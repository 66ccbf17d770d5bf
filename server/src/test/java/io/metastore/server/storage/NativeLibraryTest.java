package io.metastore.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    @TempDir
    Path folder;

    @Test
    void theLibraryIsUnpackedOnceAndThenKept() throws IOException {
        var file = NativeLibrary.unpack(folder.resolve("native"));
        var written = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(file, written);

        var again = NativeLibrary.unpack(folder.resolve("native"));

        assertThat(again).isEqualTo(file);
        assertThat(Files.getLastModifiedTime(again)).isEqualTo(written);
        assertThat(folder.resolve("native")).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void aDamagedLibraryIsReplaced() throws IOException {
        var file = NativeLibrary.unpack(folder);
        var content = Files.readAllBytes(file);
        var damaged = content.clone();
        damaged[content.length / 2] ^= 1;
        Files.write(file, damaged);

        NativeLibrary.unpack(folder);

        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNoObstacle() throws IOException {
        var occupied = Files.writeString(folder.resolve("file"), "in the way");

        assertThatCode(() -> NativeLibrary.load(occupied.resolve("native"))).doesNotThrowAnyException();
    }
}
