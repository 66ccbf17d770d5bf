package io.metastore.server.storage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// One open RocksDB database. RocksDB ends the process when a closed object is used: whoever owns this engine sees to
/// it that nobody uses it during or after `close`.
final class RocksEngine implements AutoCloseable {
    private final RocksDB database;
    private final Map<Column, ColumnFamilyHandle> families;
    private final WriteOptions writing = new WriteOptions().setDisableWAL(true).setMemtableInsertHintPerBatch(true);
    private final RocksOptions options;
    private final RocksReclaim reclaim = new RocksReclaim();

    /// Why nothing is written any more: RocksDB might go on after a failure, but without what failed.
    private volatile @Nullable StorageException failure;

    /// Held while the newest state is made or dropped, so that a state from before a write is never kept after it.
    private final ReentrantLock states = new ReentrantLock();

    /// The state after the last commit, made when first asked for; this engine is one of its holders. Written by the
    /// holder of `states`.
    private volatile @Nullable RocksState newest;

    private RocksEngine(RocksDB database, Map<Column, ColumnFamilyHandle> families, RocksOptions options) {
        this.database = database;
        this.options = options;
        this.families = families;
    }

    /// Opens the database in `directory`, which is made when it does not exist.
    ///
    /// @param options taken over, also when this fails
    static RocksEngine open(Path directory, RocksOptions options) {
        return open(directory, options, RocksDB::open);
    }

    /// Opens the database in `directory` for reading; no file there is changed, and nothing can be written.
    static RocksEngine look(Path directory, RocksOptions options) {
        return open(directory, options, RocksDB::openReadOnly);
    }

    private interface Opening {
        RocksDB open(
                DBOptions options, String path, List<ColumnFamilyDescriptor> columns, List<ColumnFamilyHandle> handles)
                throws RocksDBException;
    }

    private static RocksEngine open(Path directory, RocksOptions options, Opening opening) {
        var descriptors = RocksColumns.all(options);
        var handles = new ArrayList<ColumnFamilyHandle>();
        try {
            var database = opening.open(options.database(), directory.toString(), descriptors, handles);
            return new RocksEngine(database, byColumn(descriptors, handles), options);
        } catch (RocksDBException e) {
            options.close();
            throw new StorageException("cannot open the rows in " + directory, e);
        }
    }

    /// The state after the last commit, with one more holder.
    RocksState state() {
        var present = newest;
        return present != null && present.tryRetain() ? present : newState();
    }

    byte @Nullable [] get(Column column, ReadOptions options, byte[] key) {
        try {
            return database.get(family(column), options, key);
        } catch (RocksDBException e) {
            throw new StorageException("cannot read a row", e);
        }
    }

    RocksIterator iterator(Column column, ReadOptions options) {
        return database.newIterator(family(column), options);
    }

    org.rocksdb.Snapshot newSnapshot() {
        return database.getSnapshot();
    }

    void release(org.rocksdb.Snapshot snapshot) {
        database.releaseSnapshot(snapshot);
        snapshot.close();
    }

    /// Writes the rows of `changes` as one; a value that is `RocksBatch.DELETED` deletes its row.
    void write(Map<Column, Tree> changes) {
        checkNotFailed();
        try (var batch = new WriteBatch()) {
            for (var change : changes.entrySet()) {
                add(batch, family(change.getKey()), change.getValue());
            }
            database.write(writing, batch);
        } catch (RocksDBException e) {
            throw failed("cannot write a batch", e);
        } finally {
            dropNewest();
        }
    }

    /// Waits until everything written so far is in synced files.
    void flush() {
        checkNotFailed();
        try (var options = new FlushOptions().setWaitForFlush(true)) {
            database.flush(options, List.copyOf(families.values()));
        } catch (RocksDBException e) {
            throw failed("cannot write rows to disk", e);
        }
    }

    /// Writes everything to disk and links the files, synced, into the new directory `target`.
    void checkpoint(Path target) {
        checkNotFailed();
        try (var checkpoint = Checkpoint.create(database)) {
            checkpoint.createCheckpoint(target.toString());
        } catch (RocksDBException e) {
            throw new StorageException("cannot write the checkpoint " + target, e);
        }
    }

    /// Rewrites the files so that deleted rows take no space; ends early after `stopReclaiming`.
    void reclaim() {
        reclaim.run(database, families.values());
    }

    void stopReclaiming() {
        reclaim.stop();
    }

    @Override
    public void close() {
        dropNewest();
        families.values().forEach(ColumnFamilyHandle::close);
        database.close();
        writing.close();
        options.close();
    }

    private void checkNotFailed() {
        var earlier = failure;
        if (earlier != null) {
            throw new StorageException("an earlier write failed: " + earlier.getMessage(), earlier);
        }
    }

    /// Failures of RocksDB's own threads come back from the writes and flushes after them, too.
    private StorageException failed(String what, RocksDBException cause) {
        var failed = new StorageException(what + ": " + cause.getMessage(), cause);
        failure = failed;
        return failed;
    }

    private RocksState newState() {
        states.lock();
        try {
            var present = newest;
            if (present != null && present.tryRetain()) {
                return present;
            }
            var made = new RocksState(this);
            made.retain();
            newest = made;
            return made;
        } finally {
            states.unlock();
        }
    }

    private void dropNewest() {
        states.lock();
        try {
            var present = newest;
            newest = null;
            if (present != null) {
                present.release();
            }
        } finally {
            states.unlock();
        }
    }

    private ColumnFamilyHandle family(Column column) {
        var family = families.get(column);
        if (family == null) {
            throw new IllegalStateException("the column " + column + " is not open");
        }
        return family;
    }

    private static void add(WriteBatch batch, ColumnFamilyHandle family, Tree rows) throws RocksDBException {
        try (var cursor = rows.all()) {
            while (cursor.next()) {
                if (RocksBatch.isDeleted(cursor.rowValue())) {
                    batch.delete(family, cursor.rowKey());
                } else {
                    batch.put(family, cursor.rowKey(), cursor.rowValue());
                }
            }
        }
    }

    private static Map<Column, ColumnFamilyHandle> byColumn(
            List<ColumnFamilyDescriptor> descriptors, List<ColumnFamilyHandle> handles) {
        var families = new EnumMap<Column, ColumnFamilyHandle>(Column.class);
        for (int i = 0; i < handles.size(); i++) {
            var handle = handles.get(i);
            RocksColumns.column(descriptors.get(i).getName())
                    .ifPresentOrElse(column -> families.put(column, handle), handle::close);
        }
        return families;
    }
}
