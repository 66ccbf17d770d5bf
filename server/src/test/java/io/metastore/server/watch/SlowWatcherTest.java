package io.metastore.server.watch;

import static io.metastore.server.watch.WatchedStore.key;
import static io.metastore.server.watch.WatchedStore.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SlowWatcherTest extends HubFixture {
    @Test
    void aStuckClientHoldsLittleAndMissesNothing() {
        stream.create(WatchSpec.of(KeyRange.ALL));
        executor.runAll();
        sink.limit(0);
        for (int i = 0; i < 100_000; i++) {
            store.put("key", "a value of some length");
        }
        executor.runAll();

        assertThat(hub.load().heldBytes()).isLessThanOrEqualTo(MEMORY.perStream());
        assertThat(hub.load().behind()).isEqualTo(1);

        sink.limit(Integer.MAX_VALUE);
        stream.resume();
        executor.runAll();

        assertThat(revisions(sink.taken()))
                .isEqualTo(LongStream.rangeClosed(2, 100_001).boxed().toList());
        assertThat(hub.load()).isEqualTo(new WatchLoad(1, 1, 0, 0, 0));
    }

    @Test
    void manyStuckClientsTogetherHoldLittle() {
        var sinks = IntStream.range(0, 500).mapToObj(_ -> new RecordingSink()).toList();
        for (var each : sinks) {
            each.limit(0);
            hub.open(each).create(WatchSpec.of(KeyRange.ALL));
        }
        for (int i = 0; i < 1000; i++) {
            store.put("key", "x".repeat(1000));
            executor.runAll();
        }

        assertThat(hub.load().heldBytes()).isLessThanOrEqualTo(MEMORY.total() + sinks.size() * MEMORY.floor());
    }

    @Test
    void aClientThatTakesOneDeliveryNowAndThenIsNotGivenMore() {
        stream.create(WatchSpec.of(KeyRange.ALL));
        executor.runAll();
        sink.limit(0);
        for (int i = 0; i < 20_000; i++) {
            store.put("key", "a value of some length");
        }
        var revisions = new ArrayList<Long>();
        while (revisions.size() < 20_000) {
            sink.limit(1);
            stream.resume();
            executor.runAll();
            var taken = sink.taken();
            assertThat(taken).isNotEmpty();
            revisions.addAll(revisions(taken));

            assertThat(hub.load().heldBytes()).isLessThan(2 * MEMORY.perStream());
        }

        assertThat(revisions)
                .isEqualTo(LongStream.rangeClosed(2, 20_001).boxed().toList());
    }

    @Test
    void aStuckStreamDoesNotHoldUpAnother() {
        var other = new RecordingSink();
        hub.open(other).create(WatchSpec.of(key("key")));
        stream.create(WatchSpec.of(key("key")));
        executor.runAll();
        other.taken();
        sink.limit(0);
        for (int i = 0; i < 2000; i++) {
            store.put("key", "a value of some length");
            executor.runAll();

            assertThat(other.taken()).hasSize(1);
        }
    }

    @Test
    void aBusyWatcherDoesNotHoldUpAQuietOneOfItsStream() {
        stream.create(WatchSpec.of(key("busy")));
        stream.create(WatchSpec.of(key("quiet")));
        executor.runAll();
        sink.limit(0);
        for (int i = 0; i < 200; i++) {
            store.put("busy", "");
        }
        store.put("quiet", "");

        sink.limit(Integer.MAX_VALUE);
        stream.resume();

        assertThat(told().subList(0, 5)).contains("events 1 @202: put quiet ");
    }

    @Test
    void aWatcherFarBehindDoesNotHoldUpOnesNearlyUpToDate() {
        for (int i = 0; i < 30_000; i++) {
            store.put("old", "");
        }
        stream.create(WatchSpec.of(key("old")).from(1));
        stream.create(WatchSpec.of(range("o", "p")).from(1));
        stream.create(WatchSpec.of(key("old")).from(29_500));
        var ids = messages().stream()
                .filter(WatchMessage.Events.class::isInstance)
                .map(message -> ((WatchMessage.Events) message).id())
                .toList();

        assertThat(ids.indexOf(2L)).isLessThan(4);
        assertThat(ids).hasSizeGreaterThan(10);
    }

    @Test
    void watchersThatResumeTogetherAreServedByTheSameReading() {
        for (int i = 0; i < 500; i++) {
            store.put("key" + i, "");
        }
        for (int i = 0; i < 500; i++) {
            stream.create(WatchSpec.of(key("key" + i)).from(2 + i % 3));
        }
        executor.runAll();

        assertThat(sink.deliveries()).isLessThan(10);
        assertThat(hub.load()).isEqualTo(new WatchLoad(1, 500, 0, 0, 0));
    }

    @Test
    void aCompactionBeyondASlowWatcherEndsItAfterWhatIsInItsQueue() {
        stream.create(WatchSpec.of(key("a")));
        executor.runAll();
        sink.taken();
        sink.limit(0);
        for (int i = 0; i < 1000; i++) {
            store.put("a", "");
        }
        store.compact(1001);
        sink.limit(Integer.MAX_VALUE);
        stream.resume();
        var told = messages();

        assertThat(told.getLast()).isEqualTo(new WatchMessage.Compacted(0, 1001));
        var revisions = revisions(told);
        assertThat(revisions)
                .isNotEmpty()
                .isEqualTo(
                        LongStream.rangeClosed(2, 1L + revisions.size()).boxed().toList());
    }

    @Test
    void oneRevisionLargerThanAllBoundsIsToldWhole() {
        stream.create(WatchSpec.of(KeyRange.ALL));
        store.commit(txn -> {
            for (int i = 0; i < 200; i++) {
                WatchedStore.put(txn, "key" + i, "x".repeat(10_000));
            }
        });
        store.put("key", "");
        var told = messages();

        assertThat(revisions(told)).hasSize(2);
        assertThat(((WatchMessage.Events) told.get(1)).events()).hasSize(200);
    }

    /// The revisions of the events, each once for every message it is in.
    private static List<Long> revisions(List<WatchMessage> messages) {
        var revisions = new ArrayList<Long>();
        for (var message : messages) {
            if (message instanceof WatchMessage.Events events) {
                events.events().stream()
                        .map(told -> told.event().keyValue().modRevision())
                        .distinct()
                        .forEach(revisions::add);
            }
        }
        return revisions;
    }

    @Test
    void eventsThatWaitAreCountedUntilTheyAreTakenOrDropped() {
        stream.create(WatchSpec.of(key("a")));
        stream.create(WatchSpec.of(KeyRange.ALL));
        executor.runAll();
        sink.limit(0);
        store.put("a", "1");
        store.put("b", "2");
        assertThat(hub.load().waitingEvents()).isEqualTo(3);

        stream.cancel(0);
        sink.limit(Integer.MAX_VALUE);
        stream.resume();
        executor.runAll();
        assertThat(hub.load().waitingEvents()).isZero();

        sink.limit(0);
        store.put("b", "3");
        assertThat(hub.load().waitingEvents()).isEqualTo(1);
        stream.close();
        assertThat(hub.load().waitingEvents()).isZero();
    }
}
