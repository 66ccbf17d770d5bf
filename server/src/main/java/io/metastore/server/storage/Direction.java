package io.metastore.server.storage;

import java.util.Arrays;

/// Which way a scan goes: from the smallest key or from the greatest.
public enum Direction {
    FORWARD(1),
    BACKWARD(-1);

    /// What is added to a position to reach the next row.
    final int step;

    Direction(int step) {
        this.step = step;
    }

    /// Positive when `key` comes after `other` in a scan of this direction, zero when they are equal.
    int compare(byte[] key, byte[] other) {
        return step * Arrays.compareUnsigned(key, other);
    }
}
