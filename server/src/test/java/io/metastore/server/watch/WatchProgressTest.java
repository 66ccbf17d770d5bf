package io.metastore.server.watch;

import static io.metastore.server.watch.WatchedStore.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchProgressTest extends HubFixture {
    private static final Duration WITH_JITTER = INTERVAL.plus(INTERVAL.dividedBy(10));

    @Test
    void progressOfAllWatchersIsOneMessageWithoutAnId() {
        store.put("x", "");
        stream.create(WatchSpec.of(key("a")));
        stream.create(WatchSpec.of(key("b")));
        store.put("x", "");
        stream.requestProgress();

        assertThat(told()).containsExactly("created 0 @2", "created 1 @2", "progress -1 @3");
    }

    @Test
    void eachRequestIsAnswered() {
        stream.create(WatchSpec.of(key("a")));
        stream.requestProgress();
        stream.requestProgress();

        assertThat(told()).containsExactly("created 0 @1", "progress -1 @1", "progress -1 @1");
    }

    @Test
    void unsentReportsAreBounded() {
        sink.limit(0);
        stream.create(WatchSpec.of(key("a")));
        for (int i = 0; i < 1000; i++) {
            stream.requestProgress();
        }

        assertThat(stream.waitingAnswers()).isLessThan(100);
    }

    @Test
    void aStreamWithoutWatchersHasNoProgress() {
        stream.requestProgress();
        stream.create(WatchSpec.of(key("a")));
        stream.cancel(0);
        stream.requestProgress();

        assertThat(told()).containsExactly("created 0 @1", "cancelled 0 @1");
    }

    @Test
    void progressWaitsForEventsUpToItAndHoldsBackLaterOnes() {
        stream.create(WatchSpec.of(key("a")));
        stream.create(WatchSpec.of(key("b")));
        store.put("a", "1");
        store.put("b", "2");
        store.put("a", "3");
        stream.requestProgress();
        store.put("b", "4");

        assertThat(told())
                .containsExactly(
                        "created 0 @1",
                        "created 1 @1",
                        "events 0 @2: put a 1",
                        "events 1 @3: put b 2",
                        "events 0 @4: put a 3",
                        "progress -1 @4",
                        "events 1 @5: put b 4");
    }

    @Test
    void progressDoesNotOvertakeACreationNorTheOtherWayRound() {
        stream.create(WatchSpec.of(key("a")));
        store.put("a", "1");
        stream.requestProgress();
        stream.create(WatchSpec.of(key("a")).from(1));

        assertThat(told())
                .containsExactly(
                        "created 0 @1",
                        "events 0 @2: put a 1",
                        "progress -1 @2",
                        "created 1 @2",
                        "events 1 @2: put a 1");
    }

    @Test
    void aWatcherThatIsBehindHoldsProgressBack() {
        store.put("a", "1");
        stream.create(WatchSpec.of(key("a")).from(1));
        stream.requestProgress();

        assertThat(told()).containsExactly("created 0 @2", "events 0 @2: put a 1");

        stream.requestProgress();

        assertThat(told()).containsExactly("progress -1 @2");
    }

    @Test
    void aWatcherThatStartsLaterHoldsProgressBackUntilThen() {
        stream.create(WatchSpec.of(key("a")).from(3));
        stream.requestProgress();
        store.put("x", "");
        stream.requestProgress();

        assertThat(told()).containsExactly("created 0 @1");

        store.put("x", "");
        stream.requestProgress();

        assertThat(told()).containsExactly("progress -1 @3");
    }

    @Test
    void aCancelledWatcherHoldsNothingBack() {
        stream.create(WatchSpec.of(key("a")).from(100));
        stream.create(WatchSpec.of(key("a")));
        stream.cancel(0);
        stream.requestProgress();

        assertThat(told()).containsExactly("created 0 @1", "created 1 @1", "cancelled 0 @1", "progress -1 @1");
    }

    @Test
    void aCancellationAfterTheRequestTakesNothingFromTheProgress() {
        stream.create(WatchSpec.of(key("a")));
        store.put("a", "1");
        stream.requestProgress();
        stream.cancel(0);
        store.put("a", "2");

        assertThat(told()).containsExactly("created 0 @1", "events 0 @2: put a 1", "progress -1 @2", "cancelled 0 @2");
        assertThat(hub.load().heldBytes()).isZero();
    }

    @Test
    void progressIsNotBehindWhatWasToldFromHistory() {
        store.put("a", "1");
        var tell = store.commitUntold(txn -> WatchedStore.put(txn, "a", "2"));
        stream.create(WatchSpec.of(key("a")).from(1));
        executor.runAll();
        stream.requestProgress();
        executor.runAll();
        tell.run();

        assertThat(told())
                .containsExactly("created 0 @3", "events 0 @2: put a 1", "progress -1 @2", "events 0 @3: put a 2");
    }

    @Test
    void aCompactedWatcherHoldsNothingBackAndHasNoProgressOfItsOwn() {
        store.put("a", "1");
        store.compact(2);
        stream.create(WatchSpec.of(key("a")).from(1));
        executor.runAll();
        stream.requestProgress();

        assertThat(told()).containsExactly("created 0 @2", "compacted 0 at 2");

        stream.create(WatchSpec.of(key("a")));
        stream.requestProgress();

        assertThat(told()).containsExactly("created 1 @2", "progress -1 @2");
    }

    @Test
    void aWatcherThatIsCompactedAfterTheReportIsToldSoAfterIt() {
        stream.create(WatchSpec.of(key("a")).withProgress());
        executor.runAll();
        clock.advance(WITH_JITTER.plusSeconds(1));
        store.commit(txn -> WatchedStore.put(txn, "a", "x".repeat(100_000)));
        store.put("a", "");
        store.compact(3);

        assertThat(told()).containsExactly("created 0 @1", "progress 0 @1", "compacted 0 at 3");
    }

    @Test
    void aCommitThatIsNotToldYetIsNotInTheProgress() {
        stream.create(WatchSpec.of(key("a")));
        var tell = store.commitUntold(txn -> WatchedStore.put(txn, "a", "1"));
        stream.requestProgress();
        tell.run();

        assertThat(told()).containsExactly("created 0 @1", "progress -1 @1", "events 0 @2: put a 1");
    }

    @Test
    void aQuietWatcherThatAskedForItIsToldItsProgressOnceAnInterval() {
        stream.create(WatchSpec.of(key("a")).withProgress());
        stream.create(WatchSpec.of(key("a")));
        store.put("x", "");
        clock.advance(INTERVAL.minusMillis(1));

        assertThat(told()).containsExactly("created 0 @1", "created 1 @1");

        clock.advance(WITH_JITTER.minus(INTERVAL).plusSeconds(1));

        assertThat(told()).containsExactly("progress 0 @2");

        clock.advance(WITH_JITTER.plusSeconds(1));

        assertThat(told()).containsExactly("progress 0 @2");
    }

    @Test
    void aWatcherThatWasToldAnEventIsNotQuietForTheRestOfTheInterval() {
        stream.create(WatchSpec.of(key("a")).withProgress());
        store.put("a", "1");
        executor.runAll();
        clock.advance(WITH_JITTER.plusSeconds(1));

        assertThat(told()).containsExactly("created 0 @1", "events 0 @2: put a 1");

        clock.advance(WITH_JITTER.plusSeconds(1));

        assertThat(told()).containsExactly("progress 0 @2");
    }

    @Test
    void aWatcherFromTheFutureHasNoProgressBefore() {
        stream.create(WatchSpec.of(key("a")).withProgress().from(3));
        clock.advance(WITH_JITTER.plusSeconds(1));

        assertThat(told()).containsExactly("created 0 @1");

        store.put("x", "");
        store.put("x", "");
        clock.advance(WITH_JITTER.plusSeconds(1));

        assertThat(told()).containsExactly("progress 0 @3");
    }

    @Test
    void streamsAreToldAtDifferentTimes() {
        var times = new TreeSet<Duration>();
        var streams = IntStream.range(0, 20).mapToObj(_ -> new RecordingSink()).toList();
        for (var each : streams) {
            hub.open(each).create(WatchSpec.of(key("a")).withProgress());
        }
        executor.runAll();
        streams.forEach(RecordingSink::taken);
        for (var time = Duration.ZERO; time.compareTo(WITH_JITTER) <= 0; time = time.plusMillis(100)) {
            clock.advance(Duration.ofMillis(100));
            executor.runAll();
            for (var each : streams) {
                if (!each.taken().isEmpty()) {
                    times.add(time);
                }
            }
        }

        assertThat(times).hasSizeGreaterThan(2).allMatch(time -> time.compareTo(INTERVAL.minusMillis(100)) >= 0);
    }

    @Test
    void eachRoundOfReportsIsMeasuredWhetherSomebodyIsQuietOrNot() {
        stream.create(WatchSpec.of(key("a")));
        executor.runAll();
        assertThat(store.meter.reports).hasValue(0);

        clock.advance(INTERVAL.multipliedBy(2));

        assertThat(store.meter.reports.get()).isPositive();
    }
}
