package io.metastore.server.storage;

import java.util.EnumMap;
import java.util.Map;

/// All columns of the memory engine at one moment. Immutable; the next state shares what did not change.
record Rows(Map<Column, Tree> columns) {
    static final Rows NONE = new Rows(Map.of());

    Rows {
        columns = new EnumMap<Column, Tree>(filled(columns));
    }

    Tree column(Column column) {
        return columns.getOrDefault(column, Tree.EMPTY);
    }

    private static Map<Column, Tree> filled(Map<Column, Tree> columns) {
        var all = new EnumMap<Column, Tree>(Column.class);
        for (var column : Column.values()) {
            all.put(column, columns.getOrDefault(column, Tree.EMPTY));
        }
        return all;
    }
}
