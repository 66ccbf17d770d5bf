package io.metastore.server.mysql.sql;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is found out when it is asked for first. For one thread.
final class Once<T> {
    private final Supplier<T> source;
    private @Nullable T known;

    Once(Supplier<T> source) {
        this.source = source;
    }

    T get() {
        var value = known;
        if (value == null) {
            value = source.get();
            known = value;
        }
        return value;
    }
}
