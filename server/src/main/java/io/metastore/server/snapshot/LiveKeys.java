package io.metastore.server.snapshot;

import io.metastore.server.model.Bytes;
import java.util.SplittableRandom;

/// Counts the keys that are there after a history, 8 to 16 bytes of memory for each key that ever was. A key is known
/// by 63 bits of a hash that differs in each process, so two in a hundred million are taken for one once in a
/// thousand counts.
final class LiveKeys {
    private static final int FIRST_SIZE = 1 << 10;
    private static final long LIVE = 1;

    private final long seed = new SplittableRandom().nextLong();

    /// By the hash, each in the first free place from its own on: the hash with its lowest bit set while the key is
    /// there; 0 is free.
    private long[] places = new long[FIRST_SIZE];

    private int used;
    private long live;

    void change(Bytes key, boolean there) {
        int place = place(places, hash(key));
        if (places[place] == 0) {
            used++;
        }
        live += (there ? 1 : 0) - (places[place] & LIVE);
        places[place] = hash(key) | (there ? LIVE : 0);
        if (used > places.length / 2) {
            grow();
        }
    }

    long count() {
        return live;
    }

    private void grow() {
        var larger = new long[Math.multiplyExact(places.length, 2)];
        for (long known : places) {
            if (known != 0) {
                larger[place(larger, known & ~LIVE)] = known;
            }
        }
        places = larger;
    }

    private static int place(long[] places, long hash) {
        int place = (int) (hash >>> 32) & (places.length - 1);
        while (places[place] != 0 && (places[place] & ~LIVE) != hash) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }

    /// Never 0 but for its lowest bit, which is always 0.
    private long hash(Bytes key) {
        long hash = seed;
        for (byte octet : key.shared()) {
            hash = (hash ^ octet) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 32;
        }
        long rest = hash & ~LIVE;
        return rest == 0 ? 2 : rest;
    }
}
