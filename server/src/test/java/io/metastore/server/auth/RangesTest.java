package io.metastore.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangesTest {
    /// [a, c) [b, e) [e, f) [p] and from x on.
    private static final Ranges SOME = Ranges.of(List.of(
            range("e", "f"),
            range("a", "c"),
            KeyRange.single(Bytes.utf8("p")),
            KeyRange.from(Bytes.utf8("x")),
            range("b", "e"),
            range("z", "y")));

    @ParameterizedTest
    @CsvSource({"a, f", "a, b", "b, d", "d, f", "p, 'p\0'", "x, ''", "xyz, ''", "xa, zz", "z, zz"})
    void whatLiesInOneOrSeveralOfThemTogetherIsCovered(String from, String to) {
        assertThat(SOME.cover(range(from, to))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"A, b", "a, 'f\0'", "f, g", "p, q", "'p\0', 'p\0\0'", "w, ''", "a, ''", "w, z"})
    void whatLiesOutsideInPartIsNotCovered(String from, String to) {
        assertThat(SOME.cover(range(from, to))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"b, a, true", "b, b, true", "g, a, false", "p, a, true", "q, q, false"})
    void ofARangeWithoutKeysTheBeginningCounts(String from, String to, boolean covered) {
        assertThat(SOME.cover(range(from, to))).isEqualTo(covered);
    }

    @Test
    void nothingCoversNothing() {
        assertThat(Ranges.of(List.of()).cover(range("a", "b"))).isFalse();
        assertThat(Ranges.of(List.of()).cover(range("a", "a"))).isFalse();
    }

    @Test
    void aRandomRangeIsCoveredWhenEachOfItsKeysIsInOneOfThem() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            var ranges = new ArrayList<KeyRange>();
            for (int i = random.nextInt(6); i > 0; i--) {
                ranges.add(random(random));
            }
            var asked = random(random);

            boolean each = IntStream.range(0, 12)
                    .mapToObj(RangesTest::key)
                    .filter(asked::contains)
                    .allMatch(key -> ranges.stream().anyMatch(range -> range.contains(key)));
            boolean toTheEnd = !asked.isUnbounded() || ranges.stream().anyMatch(KeyRange::isUnbounded);

            assertThat(Ranges.of(ranges).cover(asked))
                    .as("-Dseed=%d: %s in %s", seed, asked, ranges)
                    .isEqualTo(each && toTheEnd);
        }
    }

    /// Of keys that follow each other without another between them, so that ranges over them are sets of them.
    private static KeyRange random(Random random) {
        int from = random.nextInt(11);
        int to = from + 1 + random.nextInt(12 - from);
        return to == 12 ? KeyRange.from(key(from)) : new KeyRange(key(from), key(to));
    }

    private static Bytes key(int number) {
        return Bytes.wrap(new byte[number + 1]);
    }

    private static KeyRange range(String from, String to) {
        return new KeyRange(Bytes.utf8(from), Bytes.utf8(to));
    }
}
