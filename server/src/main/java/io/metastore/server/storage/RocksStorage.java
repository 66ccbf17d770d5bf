package io.metastore.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// All rows in RocksDB, in one family for each column. It keeps no log of its own: after a crash it holds the state
/// after some earlier commit, and what was committed later must come back from elsewhere (the Raft log).
public final class RocksStorage implements Storage {
    private final Disk disk;
    private final RocksSettings settings;
    private final RocksMemory memory;
    private final Gate gate = new Gate();

    /// Held by `replaceWith`, and taken before the gate is shut.
    private final ReentrantLock replacing = new ReentrantLock();

    /// Guarded by `replacing`.
    private final Generations databases;

    /// Written while nobody is in the gate.
    private volatile RocksEngine engine;

    /// How a database is opened: to be written, or to be read only.
    private final BiFunction<Path, RocksOptions, RocksEngine> opening;

    private RocksStorage(
            Disk disk,
            RocksSettings settings,
            RocksMemory memory,
            Generations databases,
            BiFunction<Path, RocksOptions, RocksEngine> opening) {
        this.disk = disk;
        this.settings = settings;
        this.memory = memory;
        this.databases = databases;
        this.opening = opening;
        this.engine = openEngine(databases.newest());
    }

    /// Opens the rows in `directory`, which is made when it does not exist and belongs to one process at a time.
    ///
    /// @throws StorageException when they cannot be read, are damaged or are open elsewhere
    public static RocksStorage open(Path directory, RocksSettings settings) {
        return open(directory, settings, new LocalDisk());
    }

    static RocksStorage open(Path directory, RocksSettings settings, Disk disk) {
        NativeLibrary.load(settings.nativeLibraries());
        var databases = Generations.open(directory, disk);
        databases.begin();
        var storage = opened(disk, settings, databases, RocksEngine::open);
        try {
            databases.removeOthers();
        } catch (StorageException e) {
            storage.close();
            throw e;
        }
        return storage;
    }

    /// Opens the rows in `directory` for reading: no file there is changed, and whatever would change one fails.
    ///
    /// @throws StorageException when they cannot be read, or are damaged
    public static RocksStorage look(Path directory, RocksSettings settings) {
        NativeLibrary.load(settings.nativeLibraries());
        var disk = new LocalDisk();
        return opened(disk, settings, Generations.open(directory, disk), RocksEngine::look);
    }

    private static RocksStorage opened(
            Disk disk,
            RocksSettings settings,
            Generations databases,
            BiFunction<Path, RocksOptions, RocksEngine> opening) {
        var memory = new RocksMemory(settings.memoryBytes());
        try {
            return new RocksStorage(disk, settings, memory, databases, opening);
        } catch (StorageException e) {
            memory.close();
            throw e;
        }
    }

    @Override
    public Snapshot snapshot() {
        return enter();
    }

    @Override
    public Batch batch() {
        var base = enter();
        return new RocksBatch(base, engine);
    }

    @Override
    public int readers() {
        return gate.users();
    }

    @Override
    public void persist() {
        inside(RocksEngine::flush);
    }

    @Override
    public void checkpoint(Path target) {
        if (Files.exists(target)) {
            throw new StorageException("the directory for the checkpoint exists already: " + target);
        }
        inside(present -> present.checkpoint(target.toAbsolutePath()));
        try {
            disk.syncDirectory(target.toAbsolutePath().resolveSibling(""));
        } catch (IOException e) {
            throw new StorageException("cannot sync the directory of " + target, e);
        }
    }

    @Override
    public void replaceWith(Path checkpoint) {
        RocksColumns.verify(checkpoint);
        replacing.lock();
        try {
            engine.stopReclaiming();
            gate.exclusively(() -> swap(checkpoint.toAbsolutePath()));
            databases.removeOthers();
        } finally {
            replacing.unlock();
        }
    }

    @Override
    public void reclaim() {
        inside(RocksEngine::reclaim);
    }

    @Override
    public void close() {
        engine.stopReclaiming();
        gate.close(() -> {
            engine.close();
            memory.close();
        });
    }

    /// Opens the new rows before it closes those of before, so that a failure leaves everything as it was.
    private void swap(Path checkpoint) {
        databases.adopt(checkpoint);
        var before = engine;
        try {
            engine = openEngine(databases.newest());
        } catch (StorageException e) {
            databases.giveBack(checkpoint);
            throw e;
        }
        before.close();
    }

    private RocksEngine openEngine(Path database) {
        return opening.apply(database, new RocksOptions(memory, settings.backgroundJobs()));
    }

    private RocksSnapshot enter() {
        gate.enter();
        return new RocksSnapshot(engine.state(), gate);
    }

    private void inside(Consumer<RocksEngine> action) {
        gate.enter();
        try {
            action.accept(engine);
        } finally {
            gate.exit();
        }
    }
}
