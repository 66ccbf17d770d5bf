package io.metastore.server.rest;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.Arrays;

/// Keys that begin alike.
final class Prefixes {
    private static final byte GREATEST = (byte) 0xff;

    private Prefixes() {}

    /// All keys that begin with this; with nothing, all keys.
    static KeyRange range(Bytes prefix) {
        return new KeyRange(prefix, end(prefix.shared()));
    }

    /// "ab" → "ac", "a\xff" → "b", "\xff" → the end of all keys
    private static Bytes end(byte[] prefix) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            if (prefix[last] != GREATEST) {
                var end = Arrays.copyOf(prefix, last + 1);
                end[last]++;
                return Bytes.wrap(end);
            }
        }
        return Bytes.EMPTY;
    }
}
