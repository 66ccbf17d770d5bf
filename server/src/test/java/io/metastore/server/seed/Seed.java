package io.metastore.server.seed;

import java.util.Random;

/// What a run with random numbers can be repeated with: `-Dseed=`, or a new one each time. It is printed.
public final class Seed {
    private Seed() {}

    public static long take() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("repeat with -Dseed=" + seed);
        return seed;
    }

    /// Random numbers from a seed that is taken now.
    public static Random random() {
        return new Random(take());
    }
}
