package io.metastore.server.mysql.sql;

import java.util.List;
import java.util.function.Function;

/// Something that has a value for each row.
///
/// @param type of the value
/// @param constant whether the value is the same for all rows
/// @param value for the cells of a row
record Expression(ColumnType type, boolean constant, Function<List<Value>, Value> value) {
    Value of(List<Value> row) {
        return value.apply(row);
    }

    /// The value of a constant one.
    Value now() {
        return value.apply(List.of());
    }

    static Expression constant(ColumnType type, Value value) {
        return new Expression(type, true, _ -> value);
    }

    static Expression of(Value value) {
        return switch (value) {
            case Value.Null _ -> constant(ColumnType.NULL, value);
            case Value.Whole _ -> constant(ColumnType.BIGINT.neverNull(), value);
            case Value.Decimal(var number) ->
                constant(ColumnType.decimal(number.scale()).neverNull(), value);
            case Value.Real _ -> constant(ColumnType.DOUBLE.neverNull(), value);
            case Value.Text(var bytes, var collation) ->
                constant(ColumnType.text(bytes.length()).with(collation).neverNull(), value);
        };
    }

    /// The cell at this place of a row.
    static Expression cell(ColumnType type, int index) {
        return new Expression(type, false, row -> row.get(index));
    }

    boolean isTrue(List<Value> row) {
        return Numbers.isTrue(of(row));
    }
}
