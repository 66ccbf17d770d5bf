package io.metastore.server.snapshot;

import io.metastore.server.bolt.BucketSource;
import io.metastore.server.bolt.BucketSource.Row;
import io.metastore.server.bolt.FileImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Files that no etcd would write.
final class Made {
    private static final int ROOM = 1 << 20;

    private Made() {}

    static BucketSource bucket(String name, Row... rows) {
        return StateImage.bucket(name, Stream.of(rows));
    }

    /// A new file in the directory.
    static Path file(Path directory, List<BucketSource> buckets) throws IOException {
        var bytes = new byte[ROOM];
        try (var image = FileImage.of(buckets)) {
            int length = image.read(bytes);
            return Files.write(Files.createTempFile(directory, "made", ".db"), Arrays.copyOf(bytes, length));
        }
    }
}
