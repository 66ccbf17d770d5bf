package io.metastore.server.mysql.sql;

import java.util.Iterator;
import java.util.List;

/// What a statement gives.
public sealed interface Result {
    /// Rows, which are read while they are sent.
    record Rows(List<Column> columns, Iterator<List<Value>> rows) implements Result {}

    /// A number of changed rows.
    ///
    /// @param info in MySQL's words, or empty
    record Done(long affected, String info) implements Result {
        static final Done NOTHING = new Done(0, "");
    }
}
