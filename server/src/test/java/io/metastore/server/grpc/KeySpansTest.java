package io.metastore.server.grpc;

import static io.metastore.server.grpc.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.seed.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeySpansTest {
    @Test
    void holdsExactlyTheKeysOfItsRanges() {
        var random = Seed.random();
        for (int round = 0; round < 300; round++) {
            var ranges = new ArrayList<KeyRange>();
            var spans = new KeySpans();
            for (int i = 0; i < 12; i++) {
                var range = range(random);
                ranges.add(range);
                spans.add(range);
            }
            for (int key = 0; key < 64; key++) {
                var probe = key(key);
                boolean expected = ranges.stream().anyMatch(range -> !range.isEmpty() && range.contains(probe));
                assertThat(spans.contains(probe)).as("%s in %s", probe, ranges).isEqualTo(expected);
            }
        }
    }

    @Test
    void takesOverTheSpansOfAnother() {
        var spans = new KeySpans();
        spans.add(new KeyRange(bytes("a"), bytes("c")));
        var others = new KeySpans();
        others.add(new KeyRange(bytes("b"), bytes("e")));
        others.add(KeyRange.from(bytes("x")));

        spans.addAll(others);

        assertThat(List.of("a", "b", "d", "x", "zz")).allMatch(key -> spans.contains(bytes(key)));
        assertThat(List.of("A", "e", "w")).noneMatch(key -> spans.contains(bytes(key)));
    }

    private static KeyRange range(Random random) {
        var from = key(random.nextInt(64));
        return switch (random.nextInt(8)) {
            case 0 -> KeyRange.from(from);
            case 1, 2, 3 -> KeyRange.single(from);
            default -> new KeyRange(from, key(random.nextInt(64)));
        };
    }

    private static Bytes key(int number) {
        return Bytes.wrap(new byte[] {(byte) (number / 8), (byte) (number % 8)});
    }
}
