package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.Revision;
import io.metastore.server.storage.Cursor;
import org.jspecify.annotations.Nullable;

/// The versions at an older revision: of each key the first row at or below it, unless that is a tombstone.
final class HistoryCursor implements VersionCursor {
    /// Most keys have few versions: so many rows of one key are stepped over before a seek, which costs more, is
    /// made.
    private static final int STEPS_BEFORE_SEEK = 4;

    private final Cursor rows;
    private final Versions versions;
    private final long revision;
    private @Nullable HistoryRow row;

    /// @param rows a scan of `HISTORY` over whole keys, closed with this
    HistoryCursor(Cursor rows, Versions versions, long revision) {
        this.rows = rows;
        this.versions = versions;
        this.revision = revision;
    }

    @Override
    public boolean next() {
        boolean found = row == null ? rows.next() : skipKey(row.key());
        while (found) {
            var candidate = HistoryRow.decode(rows.key(), rows.value());
            if (candidate.revision().main() > revision) {
                found = rows.seek(HistoryRow.rowKey(candidate.key(), new Revision(revision, Long.MAX_VALUE)));
            } else if (candidate.isTombstone()) {
                found = skipKey(candidate.key());
            } else {
                row = candidate;
                return true;
            }
        }
        return false;
    }

    @Override
    public KeyValue numbers() {
        return current().numbers();
    }

    @Override
    public KeyValue keyValue() {
        return versions.stored(current());
    }

    @Override
    public void close() {
        rows.close();
    }

    private boolean skipKey(Bytes key) {
        var end = HistoryRow.end(key);
        for (int i = 0; i < STEPS_BEFORE_SEEK; i++) {
            if (!rows.next()) {
                return false;
            }
            if (rows.key().compareTo(end) >= 0) {
                return true;
            }
        }
        return rows.seek(end);
    }

    private HistoryRow current() {
        if (row == null) {
            throw new IllegalStateException("the cursor stands before the first row");
        }
        return row;
    }
}
