package io.metastore.server.raft.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlushWatermarkTest {
    private static final int SECOND_SLOT = 4096;
    private static final int RECORD = 36;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void aFileName() {
        file = directory.resolve("flushed");
    }

    @Test
    void nothingIsKnownBeforeTheFirstNote() throws IOException {
        assertThat(FlushWatermark.read(file)).isEqualTo(TermIndex.INITIAL_VALUE);
        try (var _ = FlushWatermark.open(file)) {
            assertThat(FlushWatermark.read(file)).isEqualTo(TermIndex.INITIAL_VALUE);
        }
    }

    @Test
    void theNewestNoteCountsAlsoAfterReopening() throws IOException {
        for (var index = 1; index <= 7; index++) {
            try (var watermark = FlushWatermark.open(file)) {
                watermark.note(TermIndex.valueOf(2, index));
            }
            assertThat(FlushWatermark.read(file)).isEqualTo(TermIndex.valueOf(2, index));
        }
    }

    @Test
    void aNoteTornAtAnyByteLeavesTheOneBefore() throws IOException {
        try (var watermark = FlushWatermark.open(file)) {
            watermark.note(TermIndex.valueOf(1, 10));
            watermark.note(TermIndex.valueOf(1, 20));
        }
        var before = Files.readAllBytes(file);
        try (var watermark = FlushWatermark.open(file)) {
            watermark.note(TermIndex.valueOf(1, 30));
        }
        var after = Files.readAllBytes(file);
        for (var written = 0; written <= RECORD; written++) {
            var torn = before.clone();
            System.arraycopy(after, SECOND_SLOT, torn, SECOND_SLOT, written);
            Files.write(file, torn);

            var whole = Arrays.equals(torn, after);
            assertThat(FlushWatermark.read(file)).isEqualTo(TermIndex.valueOf(1, whole ? 30 : 20));
        }
    }

    @Test
    void itIsLoweredBeforeATruncation() throws IOException {
        try (var watermark = FlushWatermark.open(file)) {
            watermark.note(TermIndex.valueOf(3, 50));

            watermark.lowerTo(60);
            assertThat(FlushWatermark.read(file)).isEqualTo(TermIndex.valueOf(3, 50));

            watermark.lowerTo(40);
            assertThat(FlushWatermark.read(file)).isEqualTo(TermIndex.valueOf(3, 40));
        }
    }

    @Test
    void aFileThatWasCutWhileItWasMadeSaysNothing() throws IOException {
        Files.write(file, new byte[100]);

        assertThat(FlushWatermark.read(file)).isEqualTo(TermIndex.INITIAL_VALUE);
        try (var watermark = FlushWatermark.open(file)) {
            watermark.note(TermIndex.valueOf(1, 5));
        }
        assertThat(FlushWatermark.read(file)).isEqualTo(TermIndex.valueOf(1, 5));
    }

    @Test
    void damageToBothSlotsIsRefused() throws IOException {
        try (var watermark = FlushWatermark.open(file)) {
            watermark.note(TermIndex.valueOf(1, 10));
            watermark.note(TermIndex.valueOf(1, 20));
        }
        var damaged = Files.readAllBytes(file);
        damaged[30] ^= 1;
        damaged[SECOND_SLOT + 30] ^= 1;
        Files.write(file, damaged);

        assertThatThrownBy(() -> FlushWatermark.read(file)).isInstanceOf(UnusableLogException.class);
        assertThatThrownBy(() -> FlushWatermark.open(file)).isInstanceOf(UnusableLogException.class);
    }
}
