package io.metastore.server.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileImageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 50, 250, 1000, 30_000})
    void whatIsWrittenIsReadAgain(int rows) throws IOException {
        var written = random(rows, 60);

        var file = BoltFiles.write(directory, List.of(BoltFiles.bucket("key", written)));

        try (var read = BoltFile.open(file)) {
            read.check();
            assertThat(BoltFiles.rows(read, "key")).isEqualTo(written);
            assertThat(read.bytes()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void bucketsComeBackByTheirNamesWhateverTheirSize() throws IOException {
        var small = random(3, 20);
        var large = random(500, 300);

        var file = BoltFiles.write(
                directory,
                List.of(
                        BoltFiles.bucket("small", small),
                        BoltFiles.bucket("large", large),
                        BoltFiles.bucket("empty", new TreeMap<>())));

        try (var read = BoltFile.open(file)) {
            read.check();
            assertThat(read.buckets().stream().map(Bytes::utf8)).containsExactly("empty", "large", "small");
            assertThat(BoltFiles.rows(read, "small")).isEqualTo(small);
            assertThat(BoltFiles.rows(read, "large")).isEqualTo(large);
            assertThat(BoltFiles.rows(read, "empty")).isEmpty();
            assertThat(read.rows(Bytes.utf8("another"))).isEmpty();
        }
    }

    @Test
    void aRowLargerThanAPageSpansSeveral() throws IOException {
        var rows = new TreeMap<Bytes, Bytes>();
        rows.put(Bytes.utf8("a"), Bytes.utf8("before"));
        rows.put(Bytes.utf8("b"), Bytes.wrap(new byte[3_000_000]));
        rows.put(Bytes.utf8("c"), Bytes.wrap(new byte[4080]));
        rows.put(Bytes.utf8("d"), Bytes.utf8("behind"));

        var file = BoltFiles.write(directory, List.of(BoltFiles.bucket("key", rows)));

        try (var read = BoltFile.open(file)) {
            read.check();
            assertThat(BoltFiles.rows(read, "key")).isEqualTo(rows);
        }
    }

    /// Long keys make branches of two or three children, and so a high tree.
    @Test
    void aTreeOfLongKeysIsHigh() throws IOException {
        var random = new Random(BoltFiles.seed());
        var rows = new TreeMap<Bytes, Bytes>();
        for (int i = 0; i < 300; i++) {
            var key = new byte[1000 + random.nextInt(1500)];
            random.nextBytes(key);
            rows.put(Bytes.wrap(key), Bytes.utf8("value"));
        }

        var file = BoltFiles.write(directory, List.of(BoltFiles.bucket("key", rows)));

        try (var read = BoltFile.open(file)) {
            read.check();
            assertThat(BoltFiles.rows(read, "key")).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096, 32 * 1024, 1 << 20})
    void thePiecesInWhichItIsReadDoNotMatter(int piece) throws IOException {
        var buckets = List.of(BoltFiles.bucket("key", random(200, 100)));

        byte[] whole = Files.readAllBytes(BoltFiles.write(directory, buckets));
        byte[] pieces = BoltFiles.read(buckets, piece);

        assertThat(pieces).isEqualTo(whole);
    }

    @Test
    void rowsOutOfOrderAreRefused() {
        var rows = List.of(
                new BucketSource.Row(Bytes.utf8("b"), Bytes.EMPTY), new BucketSource.Row(Bytes.utf8("a"), Bytes.EMPTY));

        assertThatThrownBy(() -> FileImage.of(List.of(BucketSource.of("key", rows))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 61 comes after 62");
    }

    @Test
    void rowsThatChangeBetweenTheTwoWalksAreNoticed() {
        var rows = new ArrayList<BucketSource.Row>();
        for (int i = 0; i < 100; i++) {
            rows.add(new BucketSource.Row(Bytes.utf8("%03d".formatted(i)), Bytes.wrap(new byte[100])));
        }
        try (var image = FileImage.of(List.of(new ChangingBucket(rows)))) {
            assertThatThrownBy(() -> image.read(new byte[1 << 20]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("the rows changed between the two walks");
        }
    }

    private static Map<Bytes, Bytes> random(int rows, int valueBytes) {
        var random = new Random(BoltFiles.seed());
        var all = new TreeMap<Bytes, Bytes>();
        while (all.size() < rows) {
            var key = new byte[1 + random.nextInt(30)];
            var value = new byte[random.nextInt(valueBytes)];
            random.nextBytes(key);
            random.nextBytes(value);
            all.put(Bytes.wrap(key), Bytes.wrap(value));
        }
        return all;
    }

    /// Loses a row with each walk.
    private record ChangingBucket(List<BucketSource.Row> left) implements BucketSource {
        @Override
        public Bytes name() {
            return Bytes.utf8("key");
        }

        @Override
        public Rows open() {
            left.subList(0, 50).clear();
            return BucketSource.of("key", left).open();
        }
    }
}
