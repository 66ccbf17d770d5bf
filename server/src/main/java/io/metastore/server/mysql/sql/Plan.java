package io.metastore.server.mysql.sql;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/// A query that is bound: the columns of its result, and the rows as they are asked for.
///
/// @param access how keys are read, for EXPLAIN
record Plan(List<Column> columns, Supplier<Iterator<List<Value>>> rows, Access access) {
    /// How a table is read.
    ///
    /// @param table empty when there is none
    /// @param type in MySQL's words: `const`, `range`, `ALL`
    record Access(String table, String type, String detail) {
        static final Access NONE = new Access("", "", "No tables used");
    }
}
