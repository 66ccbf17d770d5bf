package io.metastore.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All rows on the heap, in persistent trees: a snapshot takes no time, and writing all rows to disk holds up nobody.
/// Durable is what `persist` wrote; what was committed later must come back from elsewhere (the Raft log).
public final class MemoryStorage implements Storage {
    private static final String CHECKPOINT_FILE = "rows";

    private final Disk disk;

    /// Where rows are kept; null when they are not kept at all. Guarded by `files`.
    private final @Nullable RowsDirectory directory;

    /// Taken before the gate is entered or shut, never after.
    private final ReentrantLock files = new ReentrantLock();

    private final Gate gate = new Gate();
    private final ReentrantLock commits = new ReentrantLock();

    /// Written by the holder of `commits`, or while nobody is in the gate.
    private volatile Rows latest;

    /// What the directory holds. Guarded by `files`.
    private Rows persisted;

    private MemoryStorage(Disk disk, @Nullable RowsDirectory directory, Rows rows) {
        this.disk = disk;
        this.directory = directory;
        this.latest = rows;
        this.persisted = rows;
    }

    /// Loads what was persisted in `directory`, which is made when it does not exist.
    ///
    /// @throws StorageException when it cannot be read or is damaged
    public static MemoryStorage open(Path directory) {
        return open(directory, new LocalDisk());
    }

    /// An empty engine that keeps nothing, for tests: `persist` does nothing, all else is as ever.
    public static MemoryStorage volatileOnly() {
        return new MemoryStorage(new LocalDisk(), null, Rows.NONE);
    }

    /// Loads what was persisted in `directory`, to be read only: no file there is changed, and `persist` does nothing.
    ///
    /// @throws StorageException when it cannot be read or is damaged
    public static MemoryStorage look(Path directory) {
        var disk = new LocalDisk();
        return new MemoryStorage(disk, null, RowsDirectory.open(directory, disk).read());
    }

    static MemoryStorage open(Path directory, Disk disk) {
        var files = RowsDirectory.open(directory, disk);
        return new MemoryStorage(disk, files, files.load());
    }

    @Override
    public Snapshot snapshot() {
        gate.enter();
        return new MemorySnapshot(latest, gate);
    }

    @Override
    public Batch batch() {
        gate.enter();
        return new MemoryBatch(this, latest, gate);
    }

    @Override
    public int readers() {
        return gate.users();
    }

    @Override
    public void persist() {
        files.lock();
        gate.enter();
        try {
            var rows = latest;
            if (directory != null && !rows.equals(persisted)) {
                directory.save(rows);
                persisted = rows;
            }
        } finally {
            gate.exit();
            files.unlock();
        }
    }

    @Override
    public void checkpoint(Path target) {
        gate.enter();
        try {
            write(latest, target);
        } finally {
            gate.exit();
        }
    }

    @Override
    public void replaceWith(Path checkpoint) {
        var file = checkpoint.resolve(CHECKPOINT_FILE);
        if (!Files.isRegularFile(file)) {
            throw new StorageException(
                    checkpoint + " is not a checkpoint of the memory engine: it has no file " + CHECKPOINT_FILE);
        }
        var rows = RowsReader.read(file);
        files.lock();
        try {
            gate.exclusively(() -> {
                if (directory != null) {
                    directory.adopt(file);
                }
                persisted = rows;
                latest = rows;
            });
            if (directory != null) {
                directory.removeOthers();
            }
            disk.delete(checkpoint);
        } catch (IOException e) {
            throw new StorageException("cannot remove the used checkpoint " + checkpoint, e);
        } finally {
            files.unlock();
        }
    }

    /// Nothing to do: the garbage collector has it done.
    @Override
    public void reclaim() {
        gate.enter();
        gate.exit();
    }

    @Override
    public void close() {
        gate.close(() -> latest = Rows.NONE);
    }

    /// Replaces the rows by what `change` makes of them, while no other commit runs.
    void commit(UnaryOperator<Rows> change) {
        commits.lock();
        try {
            latest = change.apply(latest);
        } finally {
            commits.unlock();
        }
    }

    private void write(Rows rows, Path target) {
        if (Files.exists(target)) {
            throw new StorageException("the directory for the checkpoint exists already: " + target);
        }
        try {
            disk.createDirectory(target);
            try (var file = disk.create(target.resolve(CHECKPOINT_FILE))) {
                RowsWriter.write(rows, file);
            }
            disk.syncDirectory(target);
            disk.syncDirectory(target.toAbsolutePath().resolveSibling(""));
        } catch (IOException e) {
            throw new StorageException("cannot write the checkpoint " + target, e);
        }
    }
}
