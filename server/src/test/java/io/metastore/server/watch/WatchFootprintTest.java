package io.metastore.server.watch;

import static io.metastore.server.watch.WatchedStore.key;
import static io.metastore.server.watch.WatchedStore.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.KeyRange;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class WatchFootprintTest extends HubFixture {
    private static final int WATCHES = 20_000;

    @Test
    void aWatchOfAKeyTakesAtMostAKilobyte() {
        assertThat(bytesAWatch(i -> key("/registry/pods/default/pod-" + i))).isBetween(50L, 1024L);
    }

    @Test
    void aWatchOfARangeTakesAtMostAKilobyte() {
        assertThat(bytesAWatch(i -> range("/registry/pods/ns-" + i + "/", "/registry/pods/ns-" + i + "0")))
                .isBetween(50L, 1024L);
    }

    private long bytesAWatch(IntFunction<KeyRange> keys) {
        long before = usedBytes();
        for (int i = 0; i < WATCHES; i++) {
            stream.create(WatchSpec.of(keys.apply(i)));
        }
        messages();
        long after = usedBytes();
        assertThat(hub.load().watchers()).isEqualTo(WATCHES);
        return (after - before) / WATCHES;
    }

    private static long usedBytes() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
