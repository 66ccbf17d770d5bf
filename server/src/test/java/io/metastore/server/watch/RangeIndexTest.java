package io.metastore.server.watch;

import static io.metastore.server.watch.WatchedStore.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.seed.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeIndexTest {
    private final RangeIndex<String> index = new RangeIndex<>();

    @Test
    void anEmptyIndexFindsNothing() {
        assertThat(index.isEmpty()).isTrue();
        assertThat(found("a")).isEmpty();
    }

    @Test
    void theStartIsInTheRangeAndTheEndIsNot() {
        index.add(range("b", "d"), "b-d");

        assertThat(found("a")).isEmpty();
        assertThat(found("b")).containsExactly("b-d");
        assertThat(found("c~")).containsExactly("b-d");
        assertThat(found("d")).isEmpty();
    }

    @Test
    void aRangeWithoutEndReachesEveryLaterKey() {
        index.add(range("b", ""), "from b");
        index.add(KeyRange.ALL, "all");
        index.add(range("b", "c"), "b-c");

        assertThat(found("a")).containsExactly("all");
        assertThat(found("b")).containsExactlyInAnyOrder("all", "from b", "b-c");
        assertThat(found("zzz")).containsExactlyInAnyOrder("all", "from b");
    }

    @Test
    void entriesOfEqualRangesAreRemovedOneByOne() {
        index.add(range("a", "c"), "one");
        index.add(range("a", "c"), "two");
        index.remove(range("a", "c"), "one");

        assertThat(found("b")).containsExactly("two");

        index.remove(range("a", "c"), "two");
        index.remove(range("a", "c"), "two");

        assertThat(index.isEmpty()).isTrue();
    }

    @Test
    void randomChangesLeaveItEqualToAListAndBalanced() {
        var random = Seed.random();
        var ranges = new ArrayList<KeyRange>();
        var entries = new ArrayList<String>();
        for (int i = 0; i < 5000; i++) {
            if (ranges.isEmpty() || random.nextInt(5) < (i < 2500 ? 4 : 2)) {
                var keys = randomRange(random);
                ranges.add(keys);
                entries.add("entry " + i);
                index.add(keys, entries.getLast());
            } else {
                int any = random.nextInt(ranges.size());
                index.remove(ranges.remove(any), entries.remove(any));
            }
            if (i % 50 == 0) {
                checkAgainst(ranges, random);
            }
        }
    }

    private void checkAgainst(List<KeyRange> ranges, Random random) {
        var distinct = ranges.stream().distinct().count();
        assertThat(index.height()).as("height").isLessThanOrEqualTo((int)
                Math.ceil(1.45 * Math.log(distinct + 2.0) / Math.log(2)));
        for (int i = 0; i < 20; i++) {
            var key = randomKey(random);
            assertThat(found(key.utf8())).as("entries for %s", key.utf8()).hasSize((int)
                    ranges.stream().filter(keys -> keys.contains(key)).count());
        }
        var all = new ArrayList<String>();
        index.forEach(all::add);
        assertThat(all).hasSize(ranges.size());
    }

    private List<String> found(String key) {
        var found = new ArrayList<String>();
        index.visit(Bytes.utf8(key), found::add);
        return found;
    }

    private static KeyRange randomRange(Random random) {
        while (true) {
            var keys = new KeyRange(randomKey(random), random.nextInt(10) == 0 ? Bytes.EMPTY : randomKey(random));
            if (!keys.isEmpty()) {
                return keys;
            }
        }
    }

    private static Bytes randomKey(Random random) {
        return Bytes.utf8(Integer.toString(random.nextInt(300), 36));
    }
}
