package io.metastore.server.storage;

import java.util.Random;

/// Random numbers that a failed run can be repeated with: the seed is printed, and `-Dseed=` takes it back.
final class Seed {
    private Seed() {}

    static Random random() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("repeat with -Dseed=" + seed);
        return new Random(seed);
    }
}
