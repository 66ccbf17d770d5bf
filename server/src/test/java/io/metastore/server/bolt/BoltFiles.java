package io.metastore.server.bolt;

import io.metastore.server.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Files for tests, and what is in them.
final class BoltFiles {
    private BoltFiles() {}

    /// The seed of random tests: another one each time, unless `-Dseed` gives it.
    static long seed() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        return seed;
    }

    static BucketSource bucket(String name, Map<Bytes, Bytes> sorted) {
        return BucketSource.of(
                name,
                sorted.entrySet().stream()
                        .map(row -> new BucketSource.Row(row.getKey(), row.getValue()))
                        .toList());
    }

    static Path write(Path directory, List<BucketSource> buckets) throws IOException {
        return Files.write(directory.resolve("file"), read(buckets, 32 * 1024));
    }

    static byte[] read(List<BucketSource> buckets, int piece) {
        var bytes = new ByteArrayOutputStream();
        try (var image = FileImage.of(buckets)) {
            var buffer = new byte[piece];
            for (int read = image.read(buffer); read > 0; read = image.read(buffer)) {
                bytes.write(buffer, 0, read);
            }
        }
        return bytes.toByteArray();
    }

    static Map<Bytes, Bytes> rows(BoltFile file, String bucket) {
        var rows = new TreeMap<Bytes, Bytes>();
        var cursor = file.rows(Bytes.utf8(bucket)).orElseThrow();
        while (cursor.next()) {
            rows.put(cursor.key(), cursor.value());
        }
        return rows;
    }
}
