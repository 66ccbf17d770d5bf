package io.metastore.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.seed.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The power fails in the middle of every step that an engine makes on its disk, one after the other.
abstract class CrashContract {
    private static final int ROUNDS = 6;

    @TempDir
    Path folder;

    abstract Storage open(Path directory, Disk disk);

    /// What was committed, in order, and which of it must be there after a crash.
    private static final class History {
        private final List<Model> states = new ArrayList<>(List.of(Model.empty()));
        private int durable;

        Model last() {
            return states.getLast();
        }
    }

    @Test
    void afterACrashThereIsTheStateAfterSomeCommitAndNoPersistedOneIsMissing() throws IOException {
        var random = Seed.random();
        long seed = random.nextLong();
        int steps = crashAt(Integer.MAX_VALUE, seed);
        assertThat(steps).isGreaterThan(3);
        for (int step = 1; step <= steps; step++) {
            crashAt(step, seed);
        }
    }

    /// Runs the same story up to that step, and checks what a new start finds; how many steps it had.
    private int crashAt(int step, long seed) throws IOException {
        var place = Files.createDirectory(folder.resolve("crash-" + step));
        var disk = new CrashingDisk(place.resolve("graveyard"), step, new Random(seed + step));
        var history = new History();
        try {
            live(place, disk, history, new Random(seed));
        } catch (CrashingDisk.Crash _) {
            assertThat(disk.hasCrashed()).isTrue();
        }
        disk.loseWhatWasNotSynced();
        try (var storage = open(place.resolve("data"), new LocalDisk());
                var snapshot = storage.snapshot()) {
            assertThat(history.states.subList(history.durable, history.states.size()))
                    .as("states that are allowed after a crash at step %s of the seed %s", step, seed)
                    .contains(Model.of(snapshot));
        }
        return disk.steps();
    }

    private void live(Path place, Disk disk, History history, Random random) {
        var source = checkpointOfAnother(place, history, random);
        try (var storage = open(place.resolve("data"), disk)) {
            for (int round = 0; round < ROUNDS; round++) {
                commit(storage, history, random);
                if (round == ROUNDS / 2) {
                    replace(storage, source, history);
                } else {
                    persist(storage, history);
                }
            }
        }
    }

    private static void commit(Storage storage, History history, Random random) {
        var changed = history.last().copy();
        try (var batch = storage.batch()) {
            changed.change(batch, random);
            batch.commit();
        }
        history.states.add(changed);
    }

    private static void persist(Storage storage, History history) {
        storage.persist();
        history.durable = history.states.size() - 1;
    }

    /// A crash meanwhile may leave the rows of before or those of the checkpoint; the former as last persisted.
    private static void replace(Storage storage, Source source, History history) {
        history.states.add(source.rows());
        storage.replaceWith(source.checkpoint());
        history.durable = history.states.size() - 1;
    }

    private record Source(Path checkpoint, Model rows) {}

    private Source checkpointOfAnother(Path place, History history, Random random) {
        var rows = history.last().copy();
        try (var other = open(place.resolve("other"), new LocalDisk())) {
            for (int i = 0; i < 5; i++) {
                try (var batch = other.batch()) {
                    rows.change(batch, random);
                    batch.commit();
                }
            }
            other.checkpoint(place.resolve("checkpoint"));
        }
        return new Source(place.resolve("checkpoint"), rows);
    }
}
