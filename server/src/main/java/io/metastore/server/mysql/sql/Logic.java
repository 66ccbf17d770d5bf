package io.metastore.server.mysql.sql;

/// The three answers that a condition of SQL has.
public final class Logic {
    public static final Value NULL = new Value.Null();
    static final Value TRUE = new Value.Whole(1);
    static final Value FALSE = new Value.Whole(0);

    private Logic() {}

    static Value of(boolean truth) {
        return truth ? TRUE : FALSE;
    }
}
