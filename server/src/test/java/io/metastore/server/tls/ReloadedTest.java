package io.metastore.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadedTest {
    private final AtomicInteger readings = new AtomicInteger();

    @TempDir
    Path directory = Path.of("");

    @Test
    void filesAreReadAgainOnlyWhenTheyHaveChanged() throws Exception {
        var reloaded = watching("one");
        assertThat(reloaded.current()).isEqualTo("one");
        assertThat(reloaded.current()).isEqualTo("one");
        assertThat(readings).hasValue(1);

        write("three");
        assertThat(reloaded.current()).isEqualTo("three");
        assertThat(readings).hasValue(2);
    }

    @Test
    void aNewFileOfTheSameSizeAndTimeIsSeenToo() throws Exception {
        var reloaded = watching("one");
        var time = Files.getLastModifiedTime(file());
        var other = Files.writeString(directory.resolve("other"), "two");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(reloaded.current()).isEqualTo("two");
    }

    @Test
    void whatCannotBeUsedLeavesWhatWasAndIsTriedOnce() throws Exception {
        var reloaded = watching("one");
        write("bad");
        Files.setLastModifiedTime(file(), FileTime.fromMillis(1));

        assertThat(reloaded.current()).isEqualTo("one");
        assertThat(reloaded.current()).isEqualTo("one");
        assertThat(readings).hasValue(2);

        Files.delete(file());
        assertThat(reloaded.current()).isEqualTo("one");

        write("better");
        assertThat(reloaded.current()).isEqualTo("better");
    }

    @Test
    void atTheStartFilesMustBeUsable() {
        assertThatThrownBy(() -> watching("bad")).isInstanceOf(ConfigException.class);
    }

    private Reloaded<String> watching(String text) throws IOException {
        write(text);
        return Reloaded.of(List.of(file().toString()), () -> {
            readings.incrementAndGet();
            var found = read();
            if (found.equals("bad") || found.isEmpty()) {
                throw new ConfigException("cannot be used");
            }
            return found;
        });
    }

    private String read() {
        try {
            return Files.exists(file()) ? Files.readString(file()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private Path file() {
        return directory.resolve("file");
    }
}
