package io.metastore.server.watch;

import static io.metastore.server.watch.WatchedStore.key;
import static io.metastore.server.watch.WatchedStore.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.KeyRange;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchFootprintTest extends HubFixture {
    private static final int ROUNDS = 7;
    private static final int WATCHES = 5_000;

    @Test
    void aWatchOfAKeyTakesAtMostAKilobyte() {
        assertThat(bytesAWatch(i -> key("/registry/pods/default/pod-" + i))).isBetween(50L, 1024L);
    }

    @Test
    void aWatchOfARangeTakesAtMostAKilobyte() {
        assertThat(bytesAWatch(i -> range("/registry/pods/ns-" + i + "/", "/registry/pods/ns-" + i + "0")))
                .isBetween(50L, 1024L);
    }

    /// What an earlier test left, its watches for example, may go meanwhile, and makes a measurement too small: so the
    /// middle one of several counts.
    private long bytesAWatch(IntFunction<KeyRange> keys) {
        var measured = IntStream.range(0, ROUNDS)
                .mapToLong(round -> bytesAWatch(keys, round * WATCHES))
                .sorted()
                .toArray();
        return measured[ROUNDS / 2];
    }

    private long bytesAWatch(IntFunction<KeyRange> keys, int first) {
        long before = usedBytes();
        for (int i = first; i < first + WATCHES; i++) {
            stream.create(WatchSpec.of(keys.apply(i)));
        }
        messages();
        long after = usedBytes();
        assertThat(hub.load().watchers()).isEqualTo(first + WATCHES);
        return (after - before) / WATCHES;
    }

    private static long usedBytes() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
