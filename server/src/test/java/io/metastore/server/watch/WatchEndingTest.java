package io.metastore.server.watch;

import static io.metastore.server.watch.WatchedStore.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.watch.WatchSink.Ending;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WatchEndingTest extends HubFixture {
    @Test
    void aStuckClientIsToldOfTheEndToo() {
        sink.limit(0);
        stream.create(WatchSpec.of(key("a")));
        executor.runAll();
        hub.close();
        executor.runAll();

        assertThat(sink.endings()).containsExactly(Ending.STOPPED);
    }

    @Test
    void aClosedHubEndsItsStreamsOnceAndLaterOnesAtOnce() {
        hub.close();
        hub.close();
        var late = new RecordingSink();
        hub.open(late).create(WatchSpec.of(key("a")));
        executor.runAll();

        assertThat(sink.endings()).containsExactly(Ending.STOPPED);
        assertThat(late.endings()).containsExactly(Ending.STOPPED);
        assertThat(hub.load()).isEqualTo(new WatchLoad(0, 0, 0, 0, 0));
        assertThat(clock.isIdle()).isTrue();
    }

    @Test
    void aClientThatClosedIsNotToldOfTheEnd() {
        stream.close();
        hub.close();
        executor.runAll();

        assertThat(sink.endings()).isEmpty();
    }

    @Test
    void aSinkThatThrowsEndsItsStreamOnly() {
        var failing = new FailingSink();
        hub.open(failing).create(WatchSpec.of(key("a")));
        stream.create(WatchSpec.of(key("a")));
        store.put("a", "1");

        assertThat(told()).containsExactly("created 0 @1", "events 0 @2: put a 1");
        assertThat(failing.ending).containsExactly(Ending.FAILED);
        assertThat(store.meter.failures).hasValue(1);
        assertThat(hub.load()).isEqualTo(new WatchLoad(1, 1, 0, 0, 0));
    }

    @Test
    void theClockOfTheMachineRepeatsUntilItIsClosed() throws InterruptedException {
        var calls = new CountDownLatch(3);
        var clock = WatchClock.system();
        long before = clock.nanos();
        try (var _ = clock.every(Duration.ofMillis(1), calls::countDown)) {
            calls.await();
        }

        assertThat(clock.nanos() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(3).toNanos());
    }

    private static final class FailingSink implements WatchSink {
        private List<Ending> ending = List.of();

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void deliver(List<WatchMessage> messages) {
            throw new IllegalStateException("the connection is gone");
        }

        @Override
        public void ended(Ending why) {
            ending = List.of(why);
        }
    }
}
