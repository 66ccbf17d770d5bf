package io.metastore.server.apply;

import io.metastore.server.model.Bytes;
import io.metastore.server.storage.StorageException;
import java.nio.ByteBuffer;

/// A place in the log: the index of an entry, from 1, and the term in which it was appended.
public record Position(long term, long index) {
    /// Before the first entry.
    public static final Position NONE = new Position(0, 0);

    static final Bytes ROW = Bytes.utf8("applied");

    /// The term and the index, eight bytes each, big-endian.
    Bytes encoded() {
        return Bytes.wrap(
                ByteBuffer.allocate(2 * Long.BYTES).putLong(term).putLong(index).array());
    }

    static Position decode(Bytes row) {
        if (row.length() != 2 * Long.BYTES) {
            throw new StorageException("the row of the applied position is damaged: " + row);
        }
        var numbers = ByteBuffer.wrap(row.shared());
        return new Position(numbers.getLong(), numbers.getLong());
    }
}
