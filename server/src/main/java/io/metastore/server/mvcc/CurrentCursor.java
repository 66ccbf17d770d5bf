package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
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
        return keyNumbers().bare(rows.key());
    }

    @Override
    public KeyValue keyValue() {
        return row().version();
    }

    KeyNumbers keyNumbers() {
        return CurrentRow.numbers(rows.value());
    }

    /// The client's value.
    Bytes value() {
        return keyValue().value();
    }

    CurrentRow row() {
        return CurrentRow.decode(rows.key(), rows.value());
    }

    @Override
    public void close() {
        rows.close();
    }
}
