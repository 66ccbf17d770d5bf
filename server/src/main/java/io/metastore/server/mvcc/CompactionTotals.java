package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;

/// What compactions have done so far, in one row of `META`, written with each of their steps.
///
/// @param finishedRevision the newest revision whose physical part is done; -1 for none
/// @param removedBytes the sum of `RowCost` of all changes removed
record CompactionTotals(long finishedRevision, long removedBytes) {
    private static final Bytes KEY = Bytes.utf8("mvcc.compaction.totals");
    private static final CompactionTotals FRESH = new CompactionTotals(-1, 0);

    static CompactionTotals read(Reader reader) {
        return reader.get(Column.META, KEY).map(CompactionTotals::decode).orElse(FRESH);
    }

    void write(Batch batch) {
        batch.put(
                Column.META,
                KEY,
                new RowWriter(2 * Long.BYTES)
                        .fixed(finishedRevision)
                        .fixed(removedBytes)
                        .finish());
    }

    private static CompactionTotals decode(Bytes row) {
        var reader = new RowReader(row);
        return new CompactionTotals(reader.fixed(), reader.fixed());
    }
}
