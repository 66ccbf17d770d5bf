package io.metastore.server.mysql.sql;

import io.metastore.server.model.Bytes;
import java.math.BigDecimal;

/// One value of SQL. Text is bytes, since keys and values are, and SQL that clients send may hold any.
public sealed interface Value {
    record Null() implements Value {}

    record Whole(long number) implements Value {}

    record Decimal(BigDecimal number) implements Value {}

    record Real(double number) implements Value {}

    record Text(Bytes bytes, Collation collation) implements Value {}

    /// A text of the server itself, of which case does not count.
    static Value text(String text) {
        return new Text(Bytes.utf8(text), Collation.GENERAL);
    }

    default boolean isNull() {
        return this instanceof Null;
    }
}
