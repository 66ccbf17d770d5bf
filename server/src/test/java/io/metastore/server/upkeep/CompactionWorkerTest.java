package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompactionWorkerTest {
    private static final CompactionPace PACE = new CompactionPace(Duration.ofMillis(10), Duration.ofSeconds(1));

    private final Storage storage = MemoryStorage.volatileOnly();
    private final MvccStore store = MvccStore.open(storage);

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void aTaskRunsOnceItsRevisionIsCompactedPhysically() {
        var done = new ArrayList<String>();
        try (var worker = new CompactionWorker(store, PACE, (_, _) -> {})) {
            write(3_000);
            compact(2_500);
            worker.whenFinished(2_500, () -> done.add("2500"));
            worker.whenFinished(2_600, () -> done.add("2600"));
            worker.whenFinished(100, () -> done.add("100"));

            assertThat(Duration.ofNanos(worker.turn())).isEqualTo(PACE.pause());
            assertThat(done).isEmpty();
            turnUntilIdle(worker);
            assertThat(done).containsExactly("100", "2500");

            compact(2_700);
            turnUntilIdle(worker);
            assertThat(done).containsExactly("100", "2500", "2600");
        }
        assertThat(store.compaction().finishedRevision()).isEqualTo(2_700);
    }

    @Test
    void aTaskForAFinishedCompactionRunsAtTheNextTurn() {
        write(10);
        compact(5);
        var done = new ArrayList<String>();
        try (var worker = new CompactionWorker(store, PACE, (_, _) -> {})) {
            turnUntilIdle(worker);

            worker.whenFinished(5, () -> done.add("done"));
            worker.turn();

            assertThat(done).containsExactly("done");
        }
    }

    @Test
    void itsThreadFinishesWhatThereIs() throws InterruptedException {
        write(2_000);
        compact(1_900);
        var finished = new CountDownLatch(1);
        try (var worker =
                CompactionWorker.start(store, new CompactionPace(Duration.ZERO, Duration.ofHours(1)), (_, _) -> {})) {
            worker.whenFinished(1_900, finished::countDown);

            assertThat(finished.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aPaceThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new CompactionPace(Duration.ofMillis(-1), Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CompactionPace(Duration.ZERO, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void turnUntilIdle(CompactionWorker worker) {
        while (worker.turn() < PACE.idle().toNanos()) {
            assertThat(store.compaction().finishedRevision()).isLessThanOrEqualTo(store.compactedRevision());
        }
    }

    private void write(int revisions) {
        try (var batch = storage.batch()) {
            var writer = store.writer(batch);
            for (int revision = 0; revision < revisions; revision++) {
                var txn = writer.begin();
                txn.put(Bytes.utf8("key" + revision % 10), Bytes.EMPTY, LeaseId.NONE);
                txn.finish();
            }
            batch.commit();
            writer.published();
        }
    }

    private void compact(long revision) {
        try (var batch = storage.batch()) {
            var writer = store.writer(batch);
            writer.compact(revision);
            batch.commit();
            writer.published();
        }
    }
}
