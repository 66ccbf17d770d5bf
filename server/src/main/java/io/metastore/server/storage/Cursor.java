package io.metastore.server.storage;

import io.metastore.server.model.Bytes;

/// A place in a scan, before the first row at the beginning. For one thread.
///
///     try (var cursor = reader.scan(column, range)) {
///         while (cursor.next()) { use(cursor.key(), cursor.value()); }
///     }
public interface Cursor extends AutoCloseable {
    /// Moves to the next row; false when there is none.
    boolean next();

    /// Moves, in the scan's direction, to the first row not yet passed whose key is at or beyond `key`; false when
    /// there is none left in the range.
    boolean seek(Bytes key);

    /// The key of the row it stands on.
    Bytes key();

    /// The value of the row it stands on; read from the engine only when asked for.
    Bytes value();

    @Override
    void close();
}
