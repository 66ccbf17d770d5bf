package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The hash a compaction leaves: that of the history up to its revision as the compaction before had left it,
/// which cannot be computed any more afterwards. One row of `META` for each of the last ten. Unlike etcd's
/// they survive a restart, so that members with the same history answer alike.
///
/// @param previous the compacted revision before, -1 for none
record CompactionHash(long revision, long previous, int hash) {
    private static final int KEPT = 10;
    private static final String PREFIX = "mvcc.compaction.hash/";
    private static final KeyRange ROWS = new KeyRange(Bytes.utf8(PREFIX), Bytes.utf8("mvcc.compaction.hash0"));

    static Optional<CompactionHash> find(Reader reader, long revision) {
        return reader.get(Column.META, key(revision)).map(row -> decode(revision, row));
    }

    /// Adds one that is newer than all others, and deletes those that are then too many.
    static void add(CompactionHash newest, Batch batch) {
        keysBeyond(KEPT - 1, batch).forEach(key -> batch.delete(Column.META, key));
        batch.put(
                Column.META,
                key(newest.revision),
                new RowWriter(2 * Long.BYTES)
                        .fixed(newest.previous)
                        .fixed(newest.hash)
                        .finish());
    }

    private static List<Bytes> keysBeyond(int kept, Reader reader) {
        var beyond = new ArrayList<Bytes>();
        try (var rows = reader.scanBackwards(Column.META, ROWS)) {
            for (int seen = 0; rows.next(); seen++) {
                if (seen >= kept) {
                    beyond.add(rows.key());
                }
            }
        }
        return beyond;
    }

    private static Bytes key(long revision) {
        return new RowWriter(PREFIX.length() + Long.BYTES)
                .bytes(ROWS.from())
                .fixed(revision)
                .finish();
    }

    private static CompactionHash decode(long revision, Bytes row) {
        var reader = new RowReader(row);
        return new CompactionHash(revision, reader.fixed(), (int) reader.fixed());
    }
}
