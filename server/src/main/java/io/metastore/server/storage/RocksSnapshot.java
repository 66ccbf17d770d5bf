package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A reader's share in a `RocksState`. Every read and every cursor holds it while it lasts, so that a close on
/// another thread frees nothing that is in use.
final class RocksSnapshot extends References implements Snapshot {
    private final RocksState state;
    private final Gate gate;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// The caller has entered `gate` and holds `state`; this gives both back when it and its cursors are closed.
    RocksSnapshot(RocksState state, Gate gate) {
        this.state = state;
        this.gate = gate;
    }

    @Override
    public Optional<Bytes> get(Column column, Bytes key) {
        begin();
        try {
            return Optional.ofNullable(state.get(column, key.shared())).map(Bytes::wrap);
        } finally {
            release();
        }
    }

    @Override
    public RangeCursor scan(Column column, KeyRange range, Direction direction) {
        begin();
        return state.scan(column, range, direction, this::release);
    }

    @Override
    public RangeCursor scanOnce(Column column, KeyRange range) {
        begin();
        return state.scanOnce(column, range, this::release);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release();
        }
    }

    @Override
    void free() {
        state.release();
        gate.exit();
    }

    private void begin() {
        if (closed.get() || !tryRetain()) {
            throw new IllegalStateException("the snapshot is closed");
        }
    }
}
