package io.metastore.server.watch;

import static io.metastore.server.watch.WatchedStore.key;
import static io.metastore.server.watch.WatchedStore.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchEventsTest extends HubFixture {
    @Test
    void aLiveWatcherIsToldEachRevisionInAMessageOfItsOwn() {
        stream.create(WatchSpec.of(range("a", "c")));
        store.put("a", "1");
        store.put("c", "not watched");
        store.put("b", "2");
        store.delete("a");

        assertThat(told())
                .containsExactly(
                        "created 0 @1", "events 0 @2: put a 1", "events 0 @4: put b 2", "events 0 @5: delete a");
    }

    @Test
    void aTransactionIsOneMessage() {
        stream.create(WatchSpec.of(range("a", "c")));
        store.commit(txn -> {
            WatchedStore.put(txn, "b", "1");
            WatchedStore.put(txn, "c", "not watched");
            WatchedStore.put(txn, "a", "2");
        });

        assertThat(told()).containsExactly("created 0 @1", "events 0 @2: put b 1 | put a 2");
    }

    @Test
    void aDeleteCarriesOnlyTheKeyAndItsRevision() {
        store.put("a", "1");
        stream.create(WatchSpec.of(key("a")));
        store.delete("a");

        var event = ((WatchMessage.Events) messages().getLast()).events().getFirst();

        assertThat(event.event().keyValue()).isEqualTo(KeyValue.tombstone(Bytes.utf8("a"), 3));
    }

    @Test
    void historyIsToldInOneMessageWithTheCurrentRevision() {
        store.put("a", "1");
        store.put("b", "2");
        store.put("c", "not watched");
        store.put("a", "3");
        store.put("c", "not watched");
        stream.create(WatchSpec.of(range("a", "c")).from(3));

        assertThat(told()).containsExactly("created 0 @6", "events 0 @6: put b 2 | put a 3");
    }

    @Test
    void historyIsToldInMessagesOfAtMostAThousandRevisions() {
        for (int i = 0; i < 1500; i++) {
            store.put("a", "");
        }
        // pushes the thousand newest out of memory, so that they are read from the store
        store.put("b", "x".repeat(1 << 20));
        stream.create(WatchSpec.of(key("a")).from(1));

        var sizes = messages().stream()
                .filter(WatchMessage.Events.class::isInstance)
                .map(message -> ((WatchMessage.Events) message).events().size())
                .toList();

        assertThat(sizes).allMatch(size -> size <= 1000);
        assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(1500);
    }

    @Test
    void aWatcherThatHasCaughtUpIsToldAsALiveOne() {
        store.put("a", "1");
        stream.create(WatchSpec.of(key("a")).from(1));
        executor.runAll();
        store.put("a", "2");
        store.put("a", "3");

        assertThat(told())
                .containsExactly(
                        "created 0 @2", "events 0 @2: put a 1", "events 0 @3: put a 2", "events 0 @4: put a 3");
    }

    @Test
    void aCommitThatIsNotToldYetIsToldOnce() {
        store.put("a", "1");
        var tell = store.commitUntold(txn -> WatchedStore.put(txn, "a", "2"));
        stream.create(WatchSpec.of(key("a")));
        stream.create(WatchSpec.of(key("a")).from(2));
        stream.create(WatchSpec.of(key("a")).from(3));
        executor.runAll();
        tell.run();
        store.put("a", "3");

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "created 0 @3",
                        "created 1 @3",
                        "created 2 @3",
                        "events 1 @2: put a 1",
                        "events 1 @3: put a 2",
                        "events 2 @3: put a 2",
                        "events 0 @4: put a 3",
                        "events 1 @4: put a 3",
                        "events 2 @4: put a 3");
    }

    @Test
    void aWatcherFromTheFutureIsToldNothingBefore() {
        stream.create(WatchSpec.of(key("a")).from(4));
        store.put("a", "1");
        store.put("a", "2");
        store.put("a", "3");

        assertThat(told()).containsExactly("created 0 @1", "events 0 @4: put a 3");
    }

    @Test
    void excludedKindsAreNotTold() {
        stream.create(WatchSpec.of(key("a")).without(Event.Kind.PUT));
        stream.create(WatchSpec.of(key("a")).without(Event.Kind.DELETE));
        stream.create(WatchSpec.of(key("a")).without(Event.Kind.PUT, Event.Kind.DELETE));
        store.put("a", "1");
        store.delete("a");

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "created 0 @1",
                        "created 1 @1",
                        "created 2 @1",
                        "events 1 @2: put a 1",
                        "events 0 @3: delete a");
    }

    @Test
    void excludedKindsAreNotToldFromHistory() {
        store.put("a", "1");
        store.delete("a");
        stream.create(WatchSpec.of(key("a")).without(Event.Kind.PUT).from(1));

        assertThat(told()).containsExactly("created 0 @3", "events 0 @3: delete a");
    }

    @Test
    void theValueBeforeIsToldIfThereIsOneAndItWasAskedFor() {
        stream.create(WatchSpec.of(key("a")).withPrevious());
        stream.create(WatchSpec.of(key("a")));
        store.put("a", "1");
        store.put("a", "2");
        store.delete("a");
        store.put("a", "3");

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "created 0 @1",
                        "created 1 @1",
                        "events 0 @2: put a 1",
                        "events 1 @2: put a 1",
                        "events 0 @3: put a 2 (was 1)",
                        "events 1 @3: put a 2",
                        "events 0 @4: delete a (was 2)",
                        "events 1 @4: delete a",
                        "events 0 @5: put a 3",
                        "events 1 @5: put a 3");
    }

    @Test
    void theValueBeforeIsMissingIfItWasCompacted() {
        store.put("a", "1");
        store.put("a", "2");
        store.put("a", "3");
        store.compact(3);
        stream.create(WatchSpec.of(key("a")).from(3).withPrevious());

        assertThat(told()).containsExactly("created 0 @4", "events 0 @4: put a 2 | put a 3 (was 2)");
    }

    @Test
    void theWishForFragmentsComesBackWithTheEvents() {
        stream.create(WatchSpec.of(key("a")).withFragments());
        store.put("a", "1");

        assertThat(((WatchMessage.Events) messages().getLast()).fragment()).isTrue();
    }

    @Test
    void aStartBelowTheCompactedRevisionEndsTheWatcherAfterItsCreation() {
        store.put("a", "1");
        store.put("a", "2");
        store.compact(3);
        stream.create(WatchSpec.of(key("a")).from(2));
        executor.runAll();
        store.put("a", "3");

        assertThat(told()).containsExactly("created 0 @3", "compacted 0 at 3");
    }

    @Test
    void aStartAtTheCompactedRevisionMissesNothingNotEvenADelete() {
        store.put("a", "1");
        store.delete("a");
        store.compact(3);
        stream.create(WatchSpec.of(key("a")).from(3));

        assertThat(told()).containsExactly("created 0 @3", "events 0 @3: delete a");
    }

    @Test
    void aCompactedIdStaysTakenUntilItIsCancelled() {
        store.put("a", "1");
        store.compact(2);
        stream.create(WatchSpec.of(key("a")).from(1).withId(5));
        stream.create(WatchSpec.of(key("a")).withId(5));
        executor.runAll();
        stream.cancel(5);
        stream.create(WatchSpec.of(key("a")).withId(5));

        assertThat(told())
                .containsExactly(
                        "created 5 @2",
                        "refused DUPLICATE_ID @2",
                        "compacted 5 at 2",
                        "cancelled 5 @2",
                        "created 5 @2");
    }

    @Test
    void afterAnInstalledSnapshotNothingIsMissingOrRepeated(@TempDir Path directory) {
        var leader = new WatchedStore(new WatchSettings(INTERVAL, MEMORY, 1, executor, clock, new Random(1)));
        for (var each : List.of(leader, store)) {
            each.put("a", "1");
        }
        stream.create(WatchSpec.of(KeyRange.ALL));
        stream.create(WatchSpec.of(KeyRange.ALL).from(5));
        stream.create(WatchSpec.of(KeyRange.ALL).from(4));
        for (var each : List.of(leader, store)) {
            each.put("a", "2");
        }
        leader.put("a", "3");
        leader.checkpoint(directory.resolve("rows"));

        store.install(directory.resolve("rows"));
        executor.runAll();
        store.put("a", "4");
        leader.close();

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "created 0 @2",
                        "created 1 @2",
                        "created 2 @2",
                        "events 0 @3: put a 2",
                        "events 0 @4: put a 3",
                        "events 2 @4: put a 3",
                        "events 0 @5: put a 4",
                        "events 1 @5: put a 4",
                        "events 2 @5: put a 4");
    }
}
