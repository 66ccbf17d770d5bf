package io.metastore.server.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A folder below the build's target folder that is gone after the test.
///
/// @param path exists as long as this is open
public record DataFolder(Path path) implements AutoCloseable {
    public static DataFolder create(String prefix) {
        try {
            var parent = Files.createDirectories(Path.of("target", "members").toAbsolutePath());
            return new DataFolder(Files.createTempDirectory(parent, prefix));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a folder for " + prefix, e);
        }
    }

    @Override
    public void close() {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }
}
