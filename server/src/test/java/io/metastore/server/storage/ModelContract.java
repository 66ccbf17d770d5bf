package io.metastore.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.seed.Seed;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random use of an engine beside a model of it.
abstract class ModelContract extends EngineTests {
    private static final int ROUNDS = 300;

    @Test
    void anyUseGivesWhatTheModelGives() {
        var random = Seed.random();
        var model = Model.empty();
        for (int round = 0; round < ROUNDS; round++) {
            model = step(model, random, round);
        }

        storage.persist();
        storage.close();
        storage = open(folder.resolve("data"));
        try (var snapshot = storage.snapshot()) {
            assertThat(Model.of(snapshot)).isEqualTo(model);
        }
    }

    /// The model after one random step.
    private Model step(Model model, Random random, int round) {
        return switch (random.nextInt(20)) {
            case 0 -> {
                storage.persist();
                yield model;
            }
            case 1 -> {
                storage.reclaim();
                yield model;
            }
            case 2 -> throughCheckpoint(model, random, round);
            default -> batch(model, random);
        };
    }

    private Model batch(Model model, Random random) {
        var changed = model.copy();
        boolean committed = random.nextInt(5) > 0;
        try (var before = storage.snapshot()) {
            try (var batch = storage.batch()) {
                for (int part = 0; part < 3; part++) {
                    changed.change(batch, random);
                    changed.compare(batch, random);
                }
                if (committed) {
                    batch.commit();
                }
            }
            model.compare(before, random);
        }
        var expected = committed ? changed : model;
        try (var after = storage.snapshot()) {
            expected.compare(after, random);
        }
        return expected;
    }

    private Model throughCheckpoint(Model model, Random random, int round) {
        var checkpoint = folder.resolve("checkpoint-" + round);
        storage.checkpoint(checkpoint);
        batch(model, random);
        storage.replaceWith(checkpoint);
        try (var snapshot = storage.snapshot()) {
            assertThat(Model.of(snapshot)).isEqualTo(model);
        }
        return model;
    }
}
