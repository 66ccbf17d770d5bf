package io.metastore.server.storage;

import static io.metastore.server.storage.RowsIn.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Everything at once: readers must always see all rows of one commit, and no time may run back.
abstract class ConcurrencyContract extends EngineTests {
    private static final int COMMITS = 400;
    private static final List<Column> WRITTEN = List.of(Column.CURRENT, Column.EVENTS, Column.META);

    private final AtomicBoolean done = new AtomicBoolean();

    /// One commit writes its number into three rows of each of three columns.
    private void commit(int number) {
        try (var batch = storage.batch()) {
            for (var column : WRITTEN) {
                for (var key : List.of("a", "b", "c")) {
                    batch.put(column, bytes(key), bytes(Integer.toString(number)));
                }
            }
            batch.commit();
        }
    }

    private int read() {
        return read(storage);
    }

    private static int read(Storage storage) {
        try (var snapshot = storage.snapshot()) {
            var numbers = new ArrayList<String>();
            for (var column : WRITTEN) {
                numbers.add(snapshot.get(column, bytes("b")).map(Bytes::utf8).orElse("0"));
                try (var cursor = snapshot.scanBackwards(column, KeyRange.ALL)) {
                    while (cursor.next()) {
                        numbers.add(cursor.value().utf8());
                    }
                }
            }
            assertThat(numbers).containsOnly(numbers.getFirst());
            return Integer.parseInt(numbers.getFirst());
        }
    }

    private void readUntilDone() {
        int last = 0;
        while (!done.get()) {
            int number = read();
            assertThat(number).isGreaterThanOrEqualTo(last);
            last = number;
        }
    }

    /// Writes rows of its own beside the commits, as a compaction does.
    private void writeAsideUntilDone(AtomicInteger aside) {
        do {
            try (var batch = storage.batch()) {
                batch.put(Column.LEASES, bytes("aside"), bytes(Integer.toString(aside.incrementAndGet())));
                batch.commit();
            }
        } while (!done.get());
    }

    /// Rows are replaced by themselves: by a checkpoint of the last commit, made while nobody commits.
    private void replaceByItself(int number) {
        var checkpoint = folder.resolve("checkpoint-" + number);
        storage.checkpoint(checkpoint);
        storage.replaceWith(checkpoint);
    }

    @Test
    void readersSeeWholeCommitsWhileEverythingElseGoesOn() throws Exception {
        var tasks = new ArrayList<CompletableFuture<Void>>();
        tasks.add(CompletableFuture.runAsync(this::readUntilDone));
        tasks.add(CompletableFuture.runAsync(this::readUntilDone));

        for (int number = 1; number <= COMMITS; number++) {
            commit(number);
            assertThat(read()).isEqualTo(number);
            if (number % 50 == 0) {
                storage.persist();
            }
            if (number % 100 == 0) {
                replaceByItself(number);
                assertThat(read()).isEqualTo(number);
            }
        }

        done.set(true);
        for (var task : tasks) {
            task.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aCheckpointMadeWhileCommitsGoOnHoldsAWholeOne() throws Exception {
        var number = new AtomicInteger();
        var committing = CompletableFuture.runAsync(() -> {
            while (!done.get()) {
                commit(number.incrementAndGet());
            }
        });

        try (var other = open(folder.resolve("other"))) {
            int last = 0;
            for (int round = 0; round < 5; round++) {
                int committed = read();
                storage.checkpoint(folder.resolve("checkpoint"));
                other.replaceWith(folder.resolve("checkpoint"));
                assertThat(read(other)).isBetween(Math.max(last, committed), number.get());
                last = read(other);
            }
        }

        done.set(true);
        committing.get(10, TimeUnit.SECONDS);
    }

    @Test
    void commitsOnSeveralThreadsAreAllKept() throws Exception {
        var aside = new AtomicInteger();
        var writing = CompletableFuture.runAsync(() -> writeAsideUntilDone(aside));

        for (int number = 1; number <= COMMITS; number++) {
            commit(number);
        }

        done.set(true);
        writing.get(10, TimeUnit.SECONDS);
        assertThat(read()).isEqualTo(COMMITS);
        try (var snapshot = storage.snapshot()) {
            assertThat(snapshot.get(Column.LEASES, bytes("aside"))).contains(bytes(aside.toString()));
        }
    }

    @Test
    void aSnapshotThatIsClosedWhileOthersReadItEndsTheirReadsCleanly() throws Exception {
        commit(1);
        for (int round = 0; round < 50; round++) {
            var snapshot = storage.snapshot();
            var reading = CompletableFuture.supplyAsync(() -> readUntilClosed(snapshot));
            commit(round);
            snapshot.close();

            assertThat(reading.get(10, TimeUnit.SECONDS)).hasMessageContaining("closed");
        }
    }

    private static IllegalStateException readUntilClosed(Snapshot snapshot) {
        for (; ; ) {
            try {
                snapshot.get(Column.CURRENT, bytes("a"));
            } catch (IllegalStateException e) {
                return e;
            }
        }
    }
}
