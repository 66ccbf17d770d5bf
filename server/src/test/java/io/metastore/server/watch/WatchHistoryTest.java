package io.metastore.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Real threads: one commits while clients come and go; what each was told is checked against what was committed.
/// `-Dseed=` repeats a run, as far as threads allow; `-Drounds=` makes more of them.
class WatchHistoryTest {
    private static final int CLIENTS = 6;
    private static final int BATCHES = 1500;

    /// Little enough for streams to overflow all the time.
    private static final WatchSettings.Memory MEMORY = new WatchSettings.Memory(64 << 10, 16 << 10, 2 << 10);

    static LongStream seeds() {
        var given = System.getProperty("seed");
        return given != null
                ? LongStream.of(Long.parseLong(given))
                : new Random().longs(Integer.getInteger("rounds", 3));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachWatcherIsToldItsChangesOnceAndInOrder(long seed) throws InterruptedException {
        var random = new Random(seed);
        var executor = new CountingExecutor();
        var clock = new FakeClock();
        var settings =
                new WatchSettings(WatchSettings.MIN_PROGRESS_INTERVAL, MEMORY, 2, executor, clock, new Random(seed));
        try (var store = new WatchedStore(settings)) {
            var writer = new RandomWriter(store, new Random(random.nextLong()));
            var clients = new ArrayList<RandomClient>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new RandomClient(store.hub(), new Random(random.nextLong())));
            }

            runAll(store, clock, writer, clients);
            reachAllStarts(store, writer);
            clients.forEach(RandomClient::catchUp);
            executor.awaitIdle();
            clients.forEach(RandomClient::requestProgress);
            executor.awaitIdle();

            check(writer, clients, seed);
            assertThat(store.hub().load().heldBytes()).isZero();
            assertThat(store.hub().load().behind()).isZero();
            clients.forEach(RandomClient::leave);
        }
    }

    /// For each batch that is committed, every client does one thing, at about the same time.
    private static void runAll(WatchedStore store, FakeClock clock, RandomWriter writer, List<RandomClient> clients)
            throws InterruptedException {
        var pace = new Semaphore(0);
        var threads = clients.stream()
                .map(client -> Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < BATCHES; i++) {
                        pace.acquireUninterruptibly();
                        client.act(store.store().revision());
                    }
                }))
                .toList();
        for (int i = 0; i < BATCHES; i++) {
            pace.release(CLIENTS);
            writer.act();
            clock.advance(Duration.ofMillis(1));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    /// A stream reports no progress while one of its watchers begins in the future. How many do at the end is a matter
    /// of which threads came first.
    private static void reachAllStarts(WatchedStore store, RandomWriter writer) {
        long last = store.store().revision() + RandomClient.MOST_AHEAD;
        while (store.store().revision() < last) {
            writer.act();
        }
    }

    private static void check(RandomWriter writer, List<RandomClient> clients, long seed) {
        int events = 0;
        for (var client : clients) {
            var check = new WatchCheck(writer.history(), client.specs(), writer.compacted());
            check.check(client.messages());
            check.checkComplete();
            events += check.events();
        }
        assertThat(events).as("events told, seed %d", seed).isGreaterThan(BATCHES);
    }
}
