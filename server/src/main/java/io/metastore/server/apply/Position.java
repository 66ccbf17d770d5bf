package io.metastore.server.apply;

import io.metastore.server.model.Bytes;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;
import io.metastore.server.storage.StorageException;
import java.nio.ByteBuffer;

/// A place in the log: the index of an entry, from 1, and the term in which it was appended.
public record Position(long term, long index) {
    /// Before the first entry.
    public static final Position NONE = new Position(0, 0);

    private static final Bytes ROW = Bytes.utf8("applied");

    /// Up to where the state that `reader` reads holds the effects of the log.
    public static Position read(Reader reader) {
        return reader.get(Column.META, ROW).map(Position::decode).orElse(NONE);
    }

    /// Notes it in a state that is being made.
    public void write(Batch batch) {
        batch.put(Column.META, ROW, encoded());
    }

    /// The term and the index, eight bytes each, big-endian.
    private Bytes encoded() {
        return Bytes.wrap(
                ByteBuffer.allocate(2 * Long.BYTES).putLong(term).putLong(index).array());
    }

    private static Position decode(Bytes row) {
        if (row.length() != 2 * Long.BYTES) {
            throw new StorageException("the row of the applied position is damaged: " + row);
        }
        var numbers = ByteBuffer.wrap(row.shared());
        return new Position(numbers.getLong(), numbers.getLong());
    }
}
