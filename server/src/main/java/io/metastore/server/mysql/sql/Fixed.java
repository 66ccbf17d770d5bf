package io.metastore.server.mysql.sql;

import java.util.ArrayList;
import java.util.List;

/// A small table whose rows are all there.
record Fixed(List<Column> columns, List<List<Value>> rows) {
    /// Columns of texts.
    static Fixed of(String table, List<String> names) {
        var columns = names.stream()
                .map(name -> new Column(table, table, name, ColumnType.text(1024), false))
                .toList();
        return new Fixed(columns, new ArrayList<>());
    }

    /// A row; numbers and texts as they are.
    Fixed with(Object... cells) {
        var row = new ArrayList<Value>();
        for (var cell : cells) {
            row.add(
                    switch (cell) {
                        case Value value -> value;
                        case Integer number -> new Value.Whole(number);
                        case Long number -> new Value.Whole(number);
                        default -> Value.text(String.valueOf(cell));
                    });
        }
        var all = new ArrayList<>(rows);
        all.add(row);
        return new Fixed(columns, all);
    }

    /// Number columns are said to be numbers, as their cells tell.
    Fixed typed() {
        if (rows.isEmpty()) {
            return this;
        }
        var typed = new ArrayList<Column>();
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            boolean number = rows.getFirst().get(i) instanceof Value.Whole;
            typed.add(
                    number
                            ? new Column(column.table(), column.origin(), column.name(), ColumnType.BIGINT, false)
                            : column);
        }
        return new Fixed(typed, rows);
    }
}
