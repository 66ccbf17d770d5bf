package io.metastore.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.bolt.DamagedFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotFileTest {
    private static final int DAMAGED_FILES = 400;

    @TempDir
    Path directory;

    @Test
    void membersAreThoseOfTheNewClusterInARestoredFile() throws IOException {
        try (var file = SnapshotFile.open(Recorded.file("restored.db"))) {
            assertThat(file.members()).hasSize(1);
            var member = file.members().getFirst();
            assertThat(member.id()).hasToString("8e9e05c52164694d");
            assertThat(member.name()).isEqualTo("default");
            assertThat(member.peerUrls()).containsExactly("http://localhost:2380");
            assertThat(member.clientUrls()).isEmpty();
            assertThat(member.learner()).isFalse();
            assertThat(file.term()).isEqualTo(1);
            assertThat(file.consistentIndex()).isEqualTo(1);
        }
    }

    /// Of the real etcd's files, and of our own with its list of free pages.
    @ParameterizedTest
    @ValueSource(strings = {"history.db", "bumped.db", "ours"})
    void aDamagedFileIsReadOrRefusedAndNothingElse(String name) throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        byte[] whole = name.equals("ours") ? ours() : Files.readAllBytes(Recorded.file(name));
        int refused = 0;
        for (int i = 0; i < DAMAGED_FILES; i++) {
            var file = Files.write(directory.resolve("damaged.db"), damaged(whole, random));
            refused += isRefused(file) ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(DAMAGED_FILES / 10);
    }

    @Test
    void theMessageNamesThePage() throws IOException {
        byte[] bytes = Files.readAllBytes(Recorded.file("history.db"));
        for (int page = 2; page < bytes.length / 4096; page++) {
            // The number by which a page knows itself.
            bytes[page * 4096] ^= 0x40;
        }
        var file = Files.write(directory.resolve("damaged.db"), bytes);

        try (var snapshot = SnapshotFile.open(file)) {
            assertThatThrownBy(snapshot::status)
                    .isInstanceOf(SnapshotException.class)
                    .hasCauseInstanceOf(DamagedFileException.class)
                    .hasMessageMatching("the file .*damaged.db is damaged: page [0-9]+: it calls itself page [0-9]+");
        }
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(Recorded.file("history.db"));
        var file = Files.write(directory.resolve("short.db"), Arrays.copyOf(bytes, 5 * 4096));

        assertThatThrownBy(() -> SnapshotFile.open(file))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("the file is cut off: it has 20480 bytes, but should have 15 pages of 4096");
    }

    @Test
    void somethingElseIsNoDatabase() throws IOException {
        var file = Files.writeString(directory.resolve("text"), "something else");

        assertThatThrownBy(() -> SnapshotFile.open(file))
                .isInstanceOf(SnapshotException.class)
                .hasMessage("invalid database");
    }

    private static byte[] ours() throws IOException {
        try (var state = ImportedState.of(Recorded.file("history.db"))) {
            return state.bytes();
        }
    }

    /// Reads all of it, and takes it over if it can be read.
    private static boolean isRefused(Path damaged) throws IOException {
        try (var file = SnapshotFile.open(damaged)) {
            file.status();
            file.members();
            ImportedState.of(damaged).close();
            return false;
        } catch (SnapshotException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return true;
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        var bytes = whole.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                // Where headers are, which is where it hurts.
                int page = random.nextInt(bytes.length / 4096) * 4096;
                bytes[page + random.nextInt(64)] = (byte) random.nextInt();
            }
            case 2 -> {
                int from = random.nextInt(bytes.length / 4096) * 4096;
                int to = random.nextInt(bytes.length / 4096) * 4096;
                System.arraycopy(whole, from, bytes, to, Math.min(4096, bytes.length - Math.max(from, to)));
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int end = Math.min(bytes.length, from + random.nextInt(5000));
                for (int i = from; i < end; i++) {
                    bytes[i] = (byte) random.nextInt();
                }
            }
        }
        return bytes;
    }
}
