package io.metastore.server.grpc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.Map;
import java.util.TreeMap;

/// A growing set of keys, held as ranges that neither overlap nor touch.
///
///     [a, c) [x, z)   and then [b, y)   →  [a, z)
final class KeySpans {
    /// From the first key of a span to the end of it; an empty end is the end of the key space.
    private final TreeMap<Bytes, Bytes> spans = new TreeMap<>();

    void add(KeyRange keys) {
        if (keys.isEmpty()) {
            return;
        }
        var from = keys.from();
        var to = keys.to();
        var before = spans.floorEntry(from);
        if (before != null && reaches(before.getValue(), from)) {
            from = before.getKey();
            to = later(to, before.getValue());
        }
        for (var next = spans.ceilingEntry(from); next != null && reaches(to, next.getKey()); ) {
            to = later(to, next.getValue());
            spans.remove(next.getKey());
            next = spans.ceilingEntry(from);
        }
        spans.put(from, to);
    }

    void addAll(KeySpans others) {
        for (Map.Entry<Bytes, Bytes> span : others.spans.entrySet()) {
            add(new KeyRange(span.getKey(), span.getValue()));
        }
    }

    boolean contains(Bytes key) {
        var span = spans.floorEntry(key);
        return span != null && (span.getValue().isEmpty() || key.compareTo(span.getValue()) < 0);
    }

    private static boolean reaches(Bytes end, Bytes key) {
        return end.isEmpty() || end.compareTo(key) >= 0;
    }

    private static Bytes later(Bytes one, Bytes other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Bytes.EMPTY;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
