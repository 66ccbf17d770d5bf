package io.metastore.server.watch;

import static io.metastore.server.watch.WatchedStore.key;
import static io.metastore.server.watch.WatchedStore.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.KeyRange;
import org.junit.jupiter.api.Test;

class WatchCreationTest extends HubFixture {
    @Test
    void creationIsAnsweredWithTheCurrentRevision() {
        store.put("a", "1");

        stream.create(WatchSpec.of(key("a")));

        assertThat(told()).containsExactly("created 0 @2");
    }

    @Test
    void idsAreChosenUpwardFromZeroPastUsedOnes() {
        stream.create(WatchSpec.of(key("a")).withId(1));
        stream.create(WatchSpec.of(key("a")));
        stream.create(WatchSpec.of(key("a")));

        assertThat(told()).containsExactly("created 1 @1", "created 0 @1", "created 2 @1");
    }

    @Test
    void anIdInUseIsRefused() {
        stream.create(WatchSpec.of(key("a")).withId(7));
        stream.create(WatchSpec.of(key("b")).withId(7));

        assertThat(told()).containsExactly("created 7 @1", "refused DUPLICATE_ID @1");
    }

    @Test
    void aCancelledIdMayBeUsedAgain() {
        stream.create(WatchSpec.of(key("a")).withId(7));
        stream.cancel(7);
        stream.create(WatchSpec.of(key("b")).withId(7));
        store.put("a", "1");
        store.put("b", "2");

        assertThat(told()).containsExactly("created 7 @1", "cancelled 7 @1", "created 7 @1", "events 7 @3: put b 2");
    }

    @Test
    void anEmptyRangeIsRefused() {
        stream.create(WatchSpec.of(range("b", "a")));
        stream.create(WatchSpec.of(range("b", "b")));

        assertThat(told()).containsExactly("refused EMPTY_RANGE @1", "refused EMPTY_RANGE @1");
    }

    @Test
    void aNegativeStartIsRefusedBeforeAnythingElse() {
        stream.create(WatchSpec.of(range("b", "a")).from(-1));

        assertThat(told()).containsExactly("refused NEGATIVE_START @1");
    }

    @Test
    void aRefusedWatcherUsesNoId() {
        stream.create(WatchSpec.of(range("b", "a")));
        stream.create(WatchSpec.of(key("a")));

        assertThat(told()).containsExactly("refused EMPTY_RANGE @1", "created 0 @1");
    }

    @Test
    void eventsAreHeldUntilTheCreationWasTold() {
        stream.create(WatchSpec.of(key("a")));
        store.put("a", "1");

        assertThat(told()).containsExactly("created 0 @1", "events 0 @2: put a 1");
    }

    @Test
    void cancellationIsAnsweredAndDropsWhatWaits() {
        stream.create(WatchSpec.of(key("a")));
        store.put("a", "1");
        stream.cancel(0);
        store.put("a", "2");

        assertThat(told()).containsExactly("created 0 @1", "cancelled 0 @2");
        assertThat(hub.load()).isEqualTo(new WatchLoad(1, 0, 0, 0, 0));
    }

    @Test
    void cancellingAnUnknownIdIsNotAnswered() {
        stream.cancel(3);

        assertThat(told()).isEmpty();
    }

    @Test
    void aWatcherThatReadsHistoryCanBeCancelled() {
        store.put("a", "1");
        stream.create(WatchSpec.of(key("a")).from(1));
        stream.cancel(0);

        assertThat(told()).containsExactly("created 0 @2", "cancelled 0 @2");
        assertThat(hub.load()).isEqualTo(new WatchLoad(1, 0, 0, 0, 0));
    }

    @Test
    void aClosedStreamAnswersNothingAndHoldsNothing() {
        stream.create(WatchSpec.of(KeyRange.ALL));
        store.put("a", "1");

        stream.close();
        stream.close();
        stream.create(WatchSpec.of(KeyRange.ALL));
        stream.cancel(0);
        stream.requestProgress();
        store.put("a", "2");

        assertThat(told()).isEmpty();
        assertThat(sink.endings()).isEmpty();
        assertThat(hub.load()).isEqualTo(new WatchLoad(0, 0, 0, 0, 0));
    }

    @Test
    void waitingAnswersAreCounted() {
        sink.limit(0);
        stream.create(WatchSpec.of(key("a")));
        stream.create(WatchSpec.of(key("b")));
        executor.runAll();

        assertThat(stream.waitingAnswers()).isEqualTo(2);

        sink.limit(1);
        stream.resume();
        executor.runAll();

        assertThat(stream.waitingAnswers()).isZero();
    }
}
