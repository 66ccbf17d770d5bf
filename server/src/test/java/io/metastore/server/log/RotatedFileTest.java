package io.metastore.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.LogRotation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines of a third of the limit of 1 MiB and a bit: two of them fit into a file.
class RotatedFileTest {
    private static final int LINE = 400 << 10;

    @TempDir
    private Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T08:00:00.007Z"));

    @Test
    void aFileMakesWayBeforeItGrowsTooLargeAndNoLineIsCutOrLost() throws IOException {
        try (var file = open(rotation(0, 0, false))) {
            for (var line : List.of("a", "b", "c", "d", "e")) {
                write(file, line);
                later(Duration.ofSeconds(1));
            }
        }

        assertThat(names())
                .containsExactly(
                        "server-2026-11-23T08-00-02.007.log", "server-2026-11-23T08-00-04.007.log", "server.log");
        assertThat(content("server-2026-11-23T08-00-02.007.log")).isEqualTo("ab");
        assertThat(content("server-2026-11-23T08-00-04.007.log")).isEqualTo("cd");
        assertThat(content("server.log")).isEqualTo("e");
    }

    @Test
    void whatIsThereAtTheStartIsGoneOnWithAndCounts() throws IOException {
        try (var file = open(rotation(0, 0, false))) {
            write(file, "a");
        }
        try (var file = open(rotation(0, 0, false))) {
            write(file, "b");
            assertThat(names()).containsExactly("server.log");
            write(file, "c");
        }

        assertThat(content("server-2026-11-23T08-00-00.007.log")).isEqualTo("ab");
        assertThat(content("server.log")).isEqualTo("c");
    }

    @Test
    void aLineLargerThanTheLimitHasAFileOfItsOwn() throws IOException {
        try (var file = open(rotation(0, 0, false))) {
            file.write("x".repeat(2 << 20).getBytes(StandardCharsets.UTF_8));
            write(file, "a");
        }

        assertThat(Files.size(directory.resolve("server-2026-11-23T08-00-00.007.log")))
                .isEqualTo(2 << 20);
        assertThat(content("server.log")).isEqualTo("a");
    }

    @Test
    void onlySoManyOldFilesAreKeptAndOthersFilesAreLeftAlone() throws IOException {
        Files.createFile(directory.resolve("server-notes.log"));
        Files.createFile(directory.resolve("other-2020-01-01T00-00-00.000.log"));
        rotate(rotation(0, 2, false), 5);

        assertThat(names())
                .containsExactly(
                        "other-2020-01-01T00-00-00.000.log",
                        "server-2026-11-23T08-00-03.007.log",
                        "server-2026-11-23T08-00-04.007.log",
                        "server-notes.log",
                        "server.log");
    }

    @Test
    void filesThatAreTooOldAreRemovedAtTheStart() throws IOException {
        rotate(rotation(0, 0, false), 2);
        later(Duration.ofDays(1));
        open(rotation(2, 0, false)).close();
        assertThat(names()).hasSize(3);

        later(Duration.ofDays(1));
        open(rotation(2, 0, false)).close();
        assertThat(names()).containsExactly("server.log");
    }

    @Test
    void oldFilesAreCompressedAndCountAsBefore() throws IOException {
        rotate(rotation(0, 2, true), 4);

        assertThat(names())
                .containsExactly(
                        "server-2026-11-23T08-00-02.007.log.gz", "server-2026-11-23T08-00-03.007.log.gz", "server.log");
        try (var plain =
                new GZIPInputStream(Files.newInputStream(directory.resolve("server-2026-11-23T08-00-03.007.log.gz")))) {
            assertThat(plain.readAllBytes()).hasSize(2 << 20);
        }
    }

    @Test
    void aCompressionThatBrokeOffIsDoneAgain() throws IOException {
        rotate(rotation(0, 0, false), 1);
        Files.writeString(directory.resolve("server-2026-11-23T08-00-00.007.log.gz"), "half");
        open(rotation(0, 1, true)).close();

        assertThat(names()).containsExactly("server-2026-11-23T08-00-00.007.log.gz", "server.log");
        try (var plain =
                new GZIPInputStream(Files.newInputStream(directory.resolve("server-2026-11-23T08-00-00.007.log.gz")))) {
            assertThat(plain.readAllBytes()).hasSize(2 << 20);
        }
    }

    @Test
    void aNewFileIsPrivateAndOneThatFollowsHasTheRightsOfTheOneBefore() throws IOException {
        var path = directory.resolve("server.log");
        try (var file = open(rotation(0, 0, false))) {
            assertThat(rights(path)).isEqualTo("rw-------");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
            write(file, "a");
            write(file, "b");
            write(file, "c");
        }

        assertThat(content("server.log")).isEqualTo("c");
        assertThat(rights(path)).isEqualTo("rw-r-----");
    }

    @Test
    void aRotationThatFailsIsTriedAgainWithTheNextLine() throws IOException {
        var backup = "server-2026-11-23T08-00-00.007.log";
        var obstacle = Files.createDirectory(directory.resolve(backup));
        try (var file = open(rotation(0, 0, false))) {
            for (var line : List.of("a", "b", "lost", "lost too")) {
                write(file, line.substring(0, 1));
            }
            assertThat(content("server.log")).isEqualTo("ab");

            Files.delete(obstacle);
            write(file, "c");
        }

        assertThat(content(backup)).isEqualTo("ab");
        assertThat(content("server.log")).isEqualTo("c");
    }

    private static LogRotation rotation(int maxAgeDays, int maxBackups, boolean compress) {
        return new LogRotation(1, maxAgeDays, maxBackups, false, compress);
    }

    private RotatedFile open(LogRotation rotation) throws IOException {
        return RotatedFile.open(directory.resolve("server.log"), rotation, now::get, Runnable::run);
    }

    /// One old file each second, of 2 MiB.
    private void rotate(LogRotation rotation, int times) throws IOException {
        try (var file = open(rotation)) {
            for (int i = 0; i < times; i++) {
                file.write(new byte[2 << 20]);
                file.write(new byte[1]);
                later(Duration.ofSeconds(1));
            }
        }
        Files.write(directory.resolve("server.log"), new byte[0]);
    }

    private void later(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private static void write(RotatedFile file, String letter) throws IOException {
        file.write(letter.repeat(LINE).getBytes(StandardCharsets.UTF_8));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    /// Each letter once.
    private String content(String name) throws IOException {
        var text = Files.readString(directory.resolve(name));
        assertThat(text.length() % LINE).isZero();
        var letters = new StringBuilder();
        for (int i = 0; i < text.length(); i += LINE) {
            assertThat(text.substring(i, i + LINE).chars().distinct().count()).isEqualTo(1);
            letters.append(text.charAt(i));
        }
        return letters.toString();
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
