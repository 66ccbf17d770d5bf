package io.metastore.server.mysql.sql;

import java.util.Optional;

/// What a query reads from.
interface Reads {
    /// The state that this statement reads; it is found out at the first call.
    Transaction transaction();

    /// Whether what is read is to be as it is until the commit.
    boolean locks();

    /// A table that is no key space: of `information_schema`.
    Optional<Fixed> catalog(String database, String table);

    /// The database that names without one are looked for in; nothing when none was chosen.
    Optional<String> database();

    /// Most rows that a query returns unless it says itself.
    long selectLimit();
}
