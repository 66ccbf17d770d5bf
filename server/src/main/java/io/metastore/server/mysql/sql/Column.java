package io.metastore.server.mysql.sql;

/// A column of a table or of a result.
///
/// @param table as the statement calls it; empty for what is computed
/// @param origin of the table itself; empty for what is computed
/// @param hidden whether `*` leaves it out
public record Column(String table, String origin, String name, ColumnType type, boolean hidden) {
    static Column computed(String name, ColumnType type) {
        return new Column("", "", name, type, false);
    }

    /// What a question mark is called.
    public static Column parameter() {
        return computed("?", ColumnType.TEXT);
    }

    Column named(String other) {
        return new Column(table, origin, other, type, hidden);
    }

    Column of(String alias) {
        return new Column(alias, origin, name, type, hidden);
    }
}
