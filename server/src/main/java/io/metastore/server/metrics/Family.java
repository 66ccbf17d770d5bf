package io.metastore.server.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// One instrument for each combination of labels. Whoever measures often keeps the instruments.
///
/// @param <T> kind of the instruments
public final class Family<T> {
    /// Labels are ours or few; this only keeps a mistake from filling the memory.
    private static final int MOST = 10_000;

    private final Map<List<String>, T> instruments = new ConcurrentHashMap<>();
    private final Declaration declaration;
    private final Supplier<T> maker;

    Family(Declaration declaration, Supplier<T> maker) {
        this.declaration = declaration;
        this.maker = maker;
    }

    /// The instrument with these labels; from now on it is shown, with nothing in it yet.
    ///
    /// @param values in the order of the names
    public T with(String... values) {
        var labels = List.of(values);
        if (labels.size() != declaration.labels().size()) {
            throw new IllegalArgumentException(declaration.name() + " has other labels than " + labels);
        }
        var known = instruments.get(labels);
        if (known != null) {
            return known;
        }
        if (instruments.size() >= MOST) {
            throw new IllegalStateException("too many combinations of labels of " + declaration.name());
        }
        return instruments.computeIfAbsent(labels, _ -> maker.get());
    }

    void forEach(BiConsumer<List<String>, T> action) {
        instruments.forEach(action);
    }
}
