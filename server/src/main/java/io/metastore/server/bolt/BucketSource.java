package io.metastore.server.bolt;

import io.metastore.server.model.Bytes;
import java.util.List;

/// A bucket that is to be written.
public interface BucketSource {
    Bytes name();

    /// The rows from the first, the same at each call.
    Rows open();

    /// A walk over rows, before the first at the beginning, by ascending keys.
    interface Rows extends AutoCloseable {
        boolean next();

        Bytes key();

        Bytes value();

        @Override
        void close();
    }

    /// A row that is at hand.
    record Row(Bytes key, Bytes value) {}

    /// A small bucket.
    ///
    /// @param rows by ascending keys
    static BucketSource of(String name, List<Row> rows) {
        return new ListedBucket(Bytes.utf8(name), List.copyOf(rows));
    }
}
