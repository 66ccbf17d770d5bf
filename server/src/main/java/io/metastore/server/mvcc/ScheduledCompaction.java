package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;
import java.util.Optional;

/// A compaction that was accepted and whose physical part is not done: one row of `META` each, oldest first,
/// written with the acceptance and deleted with the end of the physical part.
///
/// @param revision history below it is given up
/// @param previous the compacted revision before, -1 for none
record ScheduledCompaction(long revision, long previous) {
    private static final String PREFIX = "mvcc.compaction.scheduled/";
    private static final KeyRange ROWS = new KeyRange(Bytes.utf8(PREFIX), Bytes.utf8("mvcc.compaction.scheduled0"));

    static Optional<ScheduledCompaction> oldest(Reader reader) {
        try (var rows = reader.scan(Column.META, ROWS)) {
            return rows.next() ? Optional.of(decode(rows.key(), rows.value())) : Optional.empty();
        }
    }

    static boolean contains(Reader reader, long revision) {
        return reader.get(Column.META, key(revision)).isPresent();
    }

    void write(Batch batch) {
        batch.put(
                Column.META,
                key(revision),
                new RowWriter(Long.BYTES).fixed(previous).finish());
    }

    void delete(Batch batch) {
        batch.delete(Column.META, key(revision));
    }

    private static Bytes key(long revision) {
        return new RowWriter(PREFIX.length() + Long.BYTES)
                .bytes(ROWS.from())
                .fixed(revision)
                .finish();
    }

    private static ScheduledCompaction decode(Bytes rowKey, Bytes rowValue) {
        return new ScheduledCompaction(new RowReader(rowKey, PREFIX.length()).fixed(), new RowReader(rowValue).fixed());
    }
}
