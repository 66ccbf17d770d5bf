package io.metastore.server.watch;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Who is interested in a key: ranges of a single key are found by its hash, the others in a tree. For one thread at
/// a time; a visitor must not change it.
final class Interests<T> {
    private final Map<Bytes, Set<T>> singles = new HashMap<>();
    private final RangeIndex<T> ranges = new RangeIndex<>();

    void add(KeyRange keys, T entry) {
        if (keys.isSingle()) {
            singles.computeIfAbsent(keys.from(), _ -> LinkedHashSet.newLinkedHashSet(1))
                    .add(entry);
        } else {
            ranges.add(keys, entry);
        }
    }

    void remove(KeyRange keys, T entry) {
        if (keys.isSingle()) {
            singles.computeIfPresent(keys.from(), (_, entries) -> {
                entries.remove(entry);
                return entries.isEmpty() ? null : entries;
            });
        } else {
            ranges.remove(keys, entry);
        }
    }

    /// Calls `visitor` once for each entry whose keys hold `key`.
    void visit(Bytes key, Consumer<? super T> visitor) {
        var entries = singles.get(key);
        if (entries != null) {
            entries.forEach(visitor);
        }
        ranges.visit(key, visitor);
    }

    void forEach(Consumer<? super T> visitor) {
        singles.values().forEach(entries -> entries.forEach(visitor));
        ranges.forEach(visitor);
    }

    boolean isEmpty() {
        return singles.isEmpty() && ranges.isEmpty();
    }
}
