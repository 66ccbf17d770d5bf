package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// One version of each column's tree. Its cursors count as users of the engine of their own.
final class MemorySnapshot extends References implements Snapshot {
    private final Rows rows;
    private final Gate gate;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// The caller has entered `gate`; this leaves it when it and its cursors are closed.
    MemorySnapshot(Rows rows, Gate gate) {
        this.rows = rows;
        this.gate = gate;
    }

    @Override
    public Optional<Bytes> get(Column column, Bytes key) {
        requireOpen();
        return Optional.ofNullable(rows.column(column).get(key.shared())).map(Bytes::wrap);
    }

    @Override
    public Cursor scan(Column column, KeyRange range, Direction direction) {
        requireOpen();
        retain();
        return rows.column(column).scan(range, direction, this::release);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }

    @Override
    void free() {
        gate.exit();
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the snapshot is closed");
        }
    }
}
