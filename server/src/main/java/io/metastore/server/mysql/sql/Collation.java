package io.metastore.server.mysql.sql;

/// How texts are compared, from the weakest to the strongest: of two that are compared the stronger one decides.
public enum Collation {
    /// Case does not count; literals and what the server says of itself.
    GENERAL,
    /// Characters as they are; keys and values of the table `kv`.
    UTF8_BINARY,
    /// Bytes without characters; the table `kv_bin`.
    BINARY;

    Collation with(Collation other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
