package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;

/// The counters that change with the transactions, in one row of `META`, written by the thread that applies
/// commands.
///
/// @param revision the newest revision; 1 in a fresh store
/// @param compactedRevision history below it is given up; -1 before the first compaction
/// @param addedBytes the sum of `RowCost` of all changes ever made
/// @param keys how many keys there are
record StoreState(long revision, long compactedRevision, long addedBytes, long keys) {
    private static final Bytes KEY = Bytes.utf8("mvcc.state");
    private static final StoreState FRESH = new StoreState(1, -1, 0, 0);

    static StoreState read(Reader reader) {
        return reader.get(Column.META, KEY).map(row -> decode(row, reader)).orElse(FRESH);
    }

    void write(Batch batch) {
        batch.put(
                Column.META,
                KEY,
                new RowWriter(4 * Long.BYTES)
                        .fixed(revision)
                        .fixed(compactedRevision)
                        .fixed(addedBytes)
                        .fixed(keys)
                        .finish());
    }

    private static StoreState decode(Bytes row, Reader rows) {
        var reader = new RowReader(row);
        return new StoreState(
                reader.fixed(), reader.fixed(), reader.fixed(), reader.hasMore() ? reader.fixed() : counted(rows));
    }

    /// Earlier builds did not keep the number.
    private static long counted(Reader rows) {
        long keys = 0;
        try (var current = rows.scan(Column.CURRENT, KeyRange.ALL)) {
            while (current.next()) {
                keys++;
            }
        }
        return keys;
    }
}
