package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Edits of the trees as they were when the batch was opened. When another batch was committed in between, the
/// changes are made once more on top of that one's result.
final class MemoryBatch extends References implements Batch {
    /// One changed row; a null value deletes it.
    private record Change(Bytes key, @Nullable Bytes value) {
        void applyTo(TreeEdit edit) {
            if (value == null) {
                edit.delete(key.shared());
            } else {
                edit.put(key.shared(), value.shared());
            }
        }
    }

    private record Edited(TreeEdit edit, List<Change> changes) {}

    private enum Stage {
        OPEN,
        COMMITTED,
        CLOSED
    }

    private final MemoryStorage storage;
    private final Gate gate;
    private final Rows base;
    private final Map<Column, Edited> edited = new EnumMap<>(Column.class);
    private Stage stage = Stage.OPEN;

    /// The caller has entered `gate`; this leaves it when it and its cursors are closed.
    MemoryBatch(MemoryStorage storage, Rows base, Gate gate) {
        this.storage = storage;
        this.base = base;
        this.gate = gate;
    }

    @Override
    public Optional<Bytes> get(Column column, Bytes key) {
        requireOpen();
        var changed = edited.get(column);
        var value = changed == null
                ? base.column(column).get(key.shared())
                : changed.edit().get(key.shared());
        return Optional.ofNullable(value).map(Bytes::wrap);
    }

    @Override
    public Cursor scan(Column column, KeyRange range, Direction direction) {
        requireOpen();
        var changed = edited.get(column);
        var tree = changed == null ? base.column(column) : changed.edit().version();
        retain();
        return tree.scan(range, direction, this::release);
    }

    @Override
    public void put(Column column, Bytes key, Bytes value) {
        change(column, new Change(key, value));
    }

    @Override
    public void delete(Column column, Bytes key) {
        change(column, new Change(key, null));
    }

    @Override
    public void commit() {
        requireOpen();
        stage = Stage.COMMITTED;
        if (!edited.isEmpty()) {
            storage.commit(this::onTopOf);
        }
    }

    @Override
    public void close() {
        if (stage != Stage.CLOSED) {
            stage = Stage.CLOSED;
            release();
        }
    }

    @Override
    void free() {
        gate.exit();
    }

    private void change(Column column, Change change) {
        requireOpen();
        var columnEdited =
                edited.computeIfAbsent(column, _ -> new Edited(new TreeEdit(base.column(column)), new ArrayList<>()));
        change.applyTo(columnEdited.edit());
        columnEdited.changes().add(change);
    }

    /// The rows after this batch, when `latest` are those before it.
    private Rows onTopOf(Rows latest) {
        var columns = new EnumMap<Column, Tree>(latest.columns());
        edited.forEach((column, changed) -> columns.put(column, onTopOf(latest.column(column), column, changed)));
        return new Rows(columns);
    }

    private Tree onTopOf(Tree latest, Column column, Edited changed) {
        if (latest.equals(base.column(column))) {
            return changed.edit().version();
        }
        var again = new TreeEdit(latest);
        changed.changes().forEach(change -> change.applyTo(again));
        return again.version();
    }

    private void requireOpen() {
        if (stage != Stage.OPEN) {
            throw new IllegalStateException("the batch is " + stage);
        }
    }
}
