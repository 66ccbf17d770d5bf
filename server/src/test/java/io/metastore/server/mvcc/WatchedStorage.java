package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Cursor;
import io.metastore.server.storage.Direction;
import io.metastore.server.storage.Reader;
import io.metastore.server.storage.Snapshot;
import io.metastore.server.storage.Storage;
import java.nio.file.Path;
import java.util.Optional;

/// A storage that counts what is read through its snapshots and batches, and lets something happen just before a
/// snapshot is taken, as another thread could.
final class WatchedStorage implements Storage {
    private final Storage storage;
    private Optional<Runnable> beforeSnapshot = Optional.empty();
    int lookUps;
    int scans;
    int values;

    WatchedStorage(Storage storage) {
        this.storage = storage;
    }

    /// Runs `action` once, in the middle of the next `snapshot()`.
    void beforeNextSnapshot(Runnable action) {
        beforeSnapshot = Optional.of(action);
    }

    @Override
    public Snapshot snapshot() {
        var action = beforeSnapshot;
        beforeSnapshot = Optional.empty();
        action.ifPresent(Runnable::run);
        return new Watched(storage.snapshot());
    }

    @Override
    public Batch batch() {
        return new WatchedBatch(storage.batch());
    }

    @Override
    public int readers() {
        return storage.readers();
    }

    @Override
    public void persist() {
        storage.persist();
    }

    @Override
    public void checkpoint(Path directory) {
        storage.checkpoint(directory);
    }

    @Override
    public void replaceWith(Path checkpoint) {
        storage.replaceWith(checkpoint);
    }

    @Override
    public void reclaim() {
        storage.reclaim();
    }

    @Override
    public void close() {
        storage.close();
    }

    private Optional<Bytes> watched(Reader reader, Column column, Bytes key) {
        lookUps++;
        return reader.get(column, key);
    }

    private Cursor watched(Reader reader, Column column, KeyRange range, Direction direction) {
        scans++;
        return new WatchedCursor(reader.scan(column, range, direction));
    }

    private final class Watched implements Snapshot {
        private final Snapshot snapshot;

        Watched(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Optional<Bytes> get(Column column, Bytes key) {
            return watched(snapshot, column, key);
        }

        @Override
        public Cursor scan(Column column, KeyRange range, Direction direction) {
            return watched(snapshot, column, range, direction);
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }

    private final class WatchedBatch implements Batch {
        private final Batch batch;

        WatchedBatch(Batch batch) {
            this.batch = batch;
        }

        @Override
        public Optional<Bytes> get(Column column, Bytes key) {
            return watched(batch, column, key);
        }

        @Override
        public Cursor scan(Column column, KeyRange range, Direction direction) {
            return watched(batch, column, range, direction);
        }

        @Override
        public void put(Column column, Bytes key, Bytes value) {
            batch.put(column, key, value);
        }

        @Override
        public void delete(Column column, Bytes key) {
            batch.delete(column, key);
        }

        @Override
        public void commit() {
            batch.commit();
        }

        @Override
        public void close() {
            batch.close();
        }
    }

    private final class WatchedCursor implements Cursor {
        private final Cursor cursor;

        WatchedCursor(Cursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean next() {
            return cursor.next();
        }

        @Override
        public boolean seek(Bytes key) {
            return cursor.seek(key);
        }

        @Override
        public Bytes key() {
            return cursor.key();
        }

        @Override
        public Bytes value() {
            values++;
            return cursor.value();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
