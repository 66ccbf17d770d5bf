package io.metastore.server.snapshot;

import io.metastore.server.model.LeaseId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a real etcd wrote and answered; see `record.sh` beside the files.
final class Recorded {
    private static final Path DIRECTORY = Path.of("src/test/resources/io/metastore/server/snapshot");

    private Recorded() {}

    static Path file(String name) {
        return DIRECTORY.resolve(name);
    }

    static List<String> lines(String name) {
        try {
            return Files.readAllLines(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    /// The two leases of the history, the shorter first.
    static List<LeaseId> leases() {
        return Stream.of(lines("history.leases").getFirst().split(" ", -1))
                .map(hex -> LeaseId.of(Long.parseUnsignedLong(hex, 16)))
                .toList();
    }
}
