package io.metastore.server.mvcc;

import io.metastore.server.model.KeyValue;
import io.metastore.server.storage.Cursor;

/// The newest versions: one row each.
final class CurrentCursor implements VersionCursor {
    private final Cursor rows;

    /// @param rows a scan of `CURRENT`, closed with this
    CurrentCursor(Cursor rows) {
        this.rows = rows;
    }

    @Override
    public boolean next() {
        return rows.next();
    }

    @Override
    public KeyValue numbers() {
        return CurrentRow.numbers(rows.key(), rows.value());
    }

    @Override
    public KeyValue keyValue() {
        return CurrentRow.keyValue(rows.key(), rows.value());
    }

    @Override
    public void close() {
        rows.close();
    }
}
