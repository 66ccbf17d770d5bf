package io.metastore.server.mysql.sql;

/// The type of a column of a result.
///
/// @param length the most bytes or digits it can have
/// @param notNull whether it can be no NULL
public record ColumnType(Kind kind, Collation collation, long length, int decimals, boolean notNull) {
    /// Types, with their numbers in the protocol.
    public enum Kind {
        NULL(6),
        BIGINT(8),
        /// The same without a sign.
        UNSIGNED(8),
        DECIMAL(246),
        DOUBLE(5),
        VARCHAR(253),
        LONG_TEXT(252),
        DATETIME(12),
        DATE(10),
        TIME(11);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    private static final int BIGINT_LENGTH = 21;
    private static final long LONGEST = 0xffff_ffffL;
    private static final int UNKNOWN_DECIMALS = 31;

    static final ColumnType NULL = new ColumnType(Kind.NULL, Collation.BINARY, 0, 0, false);
    static final ColumnType BIGINT = new ColumnType(Kind.BIGINT, Collation.BINARY, BIGINT_LENGTH, 0, false);
    static final ColumnType UNSIGNED = new ColumnType(Kind.UNSIGNED, Collation.BINARY, BIGINT_LENGTH, 0, false);
    static final ColumnType DOUBLE = new ColumnType(Kind.DOUBLE, Collation.BINARY, 23, UNKNOWN_DECIMALS, false);
    static final ColumnType DATETIME = new ColumnType(Kind.DATETIME, Collation.BINARY, 19, 0, false);
    static final ColumnType DATE = new ColumnType(Kind.DATE, Collation.BINARY, 10, 0, false);
    static final ColumnType TIME = new ColumnType(Kind.TIME, Collation.BINARY, 10, 0, false);
    static final ColumnType TEXT = text(1024);
    static final ColumnType BYTES = new ColumnType(Kind.VARCHAR, Collation.BINARY, 1024, 0, false);
    static final ColumnType LONG_TEXT = new ColumnType(Kind.LONG_TEXT, Collation.UTF8_BINARY, LONGEST, 0, false);
    static final ColumnType LONG_BYTES = new ColumnType(Kind.LONG_TEXT, Collation.BINARY, LONGEST, 0, false);

    static ColumnType text(long length) {
        return new ColumnType(Kind.VARCHAR, Collation.GENERAL, length, 0, false);
    }

    static ColumnType decimal(int decimals) {
        return new ColumnType(Kind.DECIMAL, Collation.BINARY, 65, decimals, false);
    }

    ColumnType neverNull() {
        return new ColumnType(kind, collation, length, decimals, true);
    }

    ColumnType with(Collation other) {
        return new ColumnType(kind, other, length, decimals, notNull);
    }

    boolean isText() {
        return switch (kind) {
            case VARCHAR, LONG_TEXT -> true;
            case NULL, BIGINT, UNSIGNED, DECIMAL, DOUBLE, DATETIME, DATE, TIME -> false;
        };
    }

    boolean isTime() {
        return switch (kind) {
            case DATETIME, DATE, TIME -> true;
            case NULL, BIGINT, UNSIGNED, DECIMAL, DOUBLE, VARCHAR, LONG_TEXT -> false;
        };
    }

    /// A type that takes values of both.
    ColumnType or(ColumnType other) {
        if (kind == Kind.NULL) {
            return other;
        }
        if (other.kind == Kind.NULL) {
            return this;
        }
        boolean never = notNull && other.notNull;
        if (isText() || other.isText() || isTime() || other.isTime()) {
            if (kind == other.kind && isTime()) {
                return this;
            }
            var wider = kind == Kind.LONG_TEXT || other.kind == Kind.LONG_TEXT ? Kind.LONG_TEXT : Kind.VARCHAR;
            var strongest = isText() && other.isText()
                    ? collation.with(other.collation)
                    : isText() ? collation : other.isText() ? other.collation : Collation.GENERAL;
            return new ColumnType(wider, strongest, Math.max(length, other.length), 0, never);
        }
        var wider = kind.compareTo(other.kind) >= 0 ? this : other;
        return new ColumnType(wider.kind, wider.collation, wider.length, Math.max(decimals, other.decimals), never);
    }
}
