package io.metastore.server.storage;

import static io.metastore.server.storage.RowsIn.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.model.KeyRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What `Storage` promises about disks, checkpoints and its end, for any engine.
abstract class LifecycleContract extends EngineTests {
    /// Long enough that a wait that should not end would have ended.
    private static final long MOMENT_MILLIS = 30;

    final SortedMap<String, String> rows() {
        try (var snapshot = storage.snapshot()) {
            return RowsIn.rows(snapshot);
        }
    }

    final void reopen() {
        storage.close();
        storage = open(folder.resolve("data"));
    }

    /// Makes a checkpoint with the one row `from=checkpoint` in another store.
    final Path foreignCheckpoint() {
        var target = folder.resolve("foreign");
        try (var other = open(folder.resolve("other"))) {
            try (var batch = other.batch()) {
                batch.put(Column.CURRENT, bytes("from"), bytes("checkpoint"));
                batch.commit();
            }
            other.checkpoint(target);
        }
        return target;
    }

    private static void assertWaits(CompletableFuture<?> task) {
        assertThatThrownBy(() -> task.get(MOMENT_MILLIS, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void whatWasPersistedIsThereAfterANewStart() {
        commit(Map.of("a", "1", "b", "1"));
        delete("b");
        storage.persist();
        reopen();
        assertThat(rows()).isEqualTo(Map.of("a", "1"));

        commit(Map.of("c", "1"));
        storage.persist();
        storage.persist();
        reopen();

        assertThat(rows()).isEqualTo(Map.of("a", "1", "c", "1"));
    }

    @Test
    void anEmptyStoreCanBePersisted() {
        storage.persist();
        reopen();

        assertThat(rows()).isEmpty();
    }

    @Test
    void commitsAndReadsGoOnWhileRowsArePersisted() throws Exception {
        commit(Map.of("a", "1"));
        try (var snapshot = storage.snapshot();
                var batch = storage.batch()) {
            batch.put(Column.CURRENT, bytes("b"), bytes("1"));

            CompletableFuture.runAsync(storage::persist).get(10, TimeUnit.SECONDS);

            batch.commit();
            assertThat(RowsIn.rows(snapshot)).isEqualTo(Map.of("a", "1"));
        }
        assertThat(rows()).isEqualTo(Map.of("a", "1", "b", "1"));
    }

    @Test
    void aCheckpointHoldsTheStateAfterTheLastCommit() {
        commit(Map.of("a", "1", "b", "1"));
        storage.persist();
        commit(Map.of("b", "2", "c", "2"));
        storage.checkpoint(folder.resolve("checkpoint"));
        commit(Map.of("d", "3"));

        storage.replaceWith(folder.resolve("checkpoint"));

        assertThat(rows()).isEqualTo(Map.of("a", "1", "b", "2", "c", "2"));
    }

    @Test
    void aCheckpointReplacesTheRowsOfAnotherMember() {
        commit(Map.of("own", "1"));
        storage.persist();
        var checkpoint = foreignCheckpoint();

        storage.replaceWith(checkpoint);

        assertThat(rows()).isEqualTo(Map.of("from", "checkpoint"));
        assertThat(checkpoint).doesNotExist();
        reopen();
        assertThat(rows()).isEqualTo(Map.of("from", "checkpoint"));
    }

    @Test
    void replacedRowsCanBeChangedAndPersisted() {
        storage.replaceWith(foreignCheckpoint());

        commit(Map.of("later", "1"));
        storage.persist();
        reopen();

        assertThat(rows()).isEqualTo(Map.of("from", "checkpoint", "later", "1"));
    }

    @Test
    void aCheckpointIsNotWrittenOverSomethingElse() throws IOException {
        var occupied = Files.createDirectory(folder.resolve("occupied"));

        assertThatThrownBy(() -> storage.checkpoint(occupied))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("exists already");
        assertThat(occupied).isEmptyDirectory();
    }

    @Test
    void aDamagedCheckpointChangesNothing() throws IOException {
        commit(Map.of("own", "1"));
        var checkpoint = foreignCheckpoint();
        damage(largestFileIn(checkpoint));

        assertThatThrownBy(() -> storage.replaceWith(checkpoint))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(checkpoint.toString());

        assertThat(rows()).isEqualTo(Map.of("own", "1"));
        commit(Map.of("own", "2"));
        storage.persist();
        reopen();
        assertThat(rows()).isEqualTo(Map.of("own", "2"));
    }

    @Test
    void somethingThatIsNoCheckpointChangesNothing() throws IOException {
        commit(Map.of("own", "1"));
        var other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("rows"), "something else altogether");

        assertThatThrownBy(() -> storage.replaceWith(other)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.replaceWith(folder.resolve("absent"))).isInstanceOf(StorageException.class);

        assertThat(rows()).isEqualTo(Map.of("own", "1"));
    }

    @Test
    void replacingWaitsForSnapshotsBatchesAndCursorsAndHoldsBackNewOnes() throws Exception {
        commit(Map.of("own", "1"));
        var checkpoint = foreignCheckpoint();
        var snapshot = storage.snapshot();
        var batch = storage.batch();
        var cursor = snapshot.scan(Column.CURRENT, KeyRange.ALL);

        var replacing = CompletableFuture.runAsync(() -> storage.replaceWith(checkpoint));
        assertWaits(replacing);
        snapshot.close();
        assertWaits(replacing);
        batch.close();
        assertWaits(replacing);
        var reading = CompletableFuture.supplyAsync(this::rows);
        assertWaits(reading);
        assertThat(cursor.next()).isTrue();
        assertThat(cursor.value()).isEqualTo(bytes("1"));
        cursor.close();

        replacing.get(10, TimeUnit.SECONDS);
        assertThat(reading.get(10, TimeUnit.SECONDS)).isEqualTo(Map.of("from", "checkpoint"));
    }

    @Test
    void reclaimingSpaceChangesNoRow() {
        commit(Map.of("a", "1", "b", "1"));
        storage.persist();
        delete("a");

        storage.reclaim();

        assertThat(rows()).isEqualTo(Map.of("b", "1"));
    }

    @Test
    void closingWaitsForOpenSnapshots() throws Exception {
        commit(Map.of("a", "1"));
        var snapshot = storage.snapshot();

        var closing = CompletableFuture.runAsync(storage::close);
        assertWaits(closing);
        assertThat(snapshot.get(Column.CURRENT, bytes("a"))).contains(bytes("1"));
        snapshot.close();

        closing.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aClosedStoreRefusesEverything() {
        storage.close();
        storage.close();

        assertThatThrownBy(storage::snapshot).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(storage::batch).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(storage::persist).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(storage::reclaim).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> storage.checkpoint(folder.resolve("late"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoWaitedToEnterIsToldOfTheClose() throws Exception {
        var snapshot = storage.snapshot();
        var closing = CompletableFuture.runAsync(storage::close);
        assertWaits(closing);
        Supplier<Snapshot> open = storage::snapshot;
        var late = CompletableFuture.supplyAsync(open);
        assertWaits(late);

        snapshot.close();

        assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        closing.get(10, TimeUnit.SECONDS);
    }

    private static Path largestFileIn(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> Files.isRegularFile(file) && !file.endsWith("OPTIONS"))
                    .filter(file -> file.toString().endsWith(".sst") || file.endsWith("rows"))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    /// Turns one bit over, in the middle of the part that holds rows.
    private static void damage(Path file) throws IOException {
        var content = Files.readAllBytes(file);
        int at = file.endsWith("rows") ? content.length / 2 : 10;
        content[at] ^= 1;
        Files.write(file, content);
    }

    @Test
    void whoReadsIsCountedWhileTheyDo() {
        assertThat(storage.readers()).isZero();
        try (var _ = storage.snapshot();
                var _ = storage.batch()) {
            assertThat(storage.readers()).isEqualTo(2);
        }
        assertThat(storage.readers()).isZero();
    }
}
