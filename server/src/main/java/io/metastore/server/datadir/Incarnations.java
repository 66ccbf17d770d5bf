package io.metastore.server.datadir;

import io.metastore.server.file.Durable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Counts the starts on a directory. The count is on disk before anybody sees it, so no two starts share a number.
final class Incarnations {
    private static final long NONE = 0;

    private final Path file;

    Incarnations(Path file) {
        this.file = file;
    }

    /// The number of a directory that was never started. To be written before its identity, which tells that it is.
    void begin() throws IOException {
        write(NONE);
    }

    /// The number of this start.
    ///
    /// @throws DataDirectoryException when the count cannot be read: beginning anew could repeat a number, and then
    ///     changes of this start could be taken for repetitions of an earlier one's
    long next() throws IOException {
        long next = last() + 1;
        write(next);
        return next;
    }

    private long last() throws IOException {
        if (!Files.exists(file)) {
            throw new DataDirectoryException("the file " + file + " is missing. " + Origin.NEW_MEMBER);
        }
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (NumberFormatException e) {
            throw new DataDirectoryException("the file " + file + " is damaged. " + Origin.NEW_MEMBER, e);
        }
    }

    private void write(long number) throws IOException {
        Durable.replace(file, (number + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
