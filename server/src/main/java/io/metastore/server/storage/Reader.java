package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.Optional;

/// Reads one consistent state. Rows come back as they were written; their bytes are shared and must not be changed.
public interface Reader {
    Optional<Bytes> get(Column column, Bytes key);

    /// The rows whose keys lie in `range`. The caller closes the cursor.
    Cursor scan(Column column, KeyRange range, Direction direction);

    /// As `scan`, from the smallest key.
    default Cursor scan(Column column, KeyRange range) {
        return scan(column, range, Direction.FORWARD);
    }

    /// As `scan`, for who reads very much and once: what is read stays in no cache, where it would push out what others
    /// ask for again and again.
    default Cursor scanOnce(Column column, KeyRange range) {
        return scan(column, range);
    }

    /// As `scan`, from the greatest key.
    default Cursor scanBackwards(Column column, KeyRange range) {
        return scan(column, range, Direction.BACKWARD);
    }
}
