package io.metastore.server.storage;

import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// A compaction by hand, family by family, that can be stopped: nobody waits for hours to close a store.
final class RocksReclaim {
    private final ReentrantLock oneAtATime = new ReentrantLock();

    /// Guards `running`, so that no closed object is used.
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable CompactRangeOptions running;

    /// Blocks until done or stopped.
    void run(RocksDB database, Collection<ColumnFamilyHandle> families) {
        oneAtATime.lock();
        try (var options =
                new CompactRangeOptions().setExclusiveManualCompaction(false).setAllowWriteStall(false)) {
            announce(options);
            try {
                compact(database, families, options);
            } finally {
                announce(null);
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    /// Ends a run that is going on, soon.
    void stop() {
        lock.lock();
        try {
            if (running != null) {
                running.setCanceled(true);
            }
        } finally {
            lock.unlock();
        }
    }

    private void announce(@Nullable CompactRangeOptions options) {
        lock.lock();
        try {
            running = options;
        } finally {
            lock.unlock();
        }
    }

    private static void compact(
            RocksDB database, Collection<ColumnFamilyHandle> families, CompactRangeOptions options) {
        for (var family : families) {
            if (options.canceled()) {
                return;
            }
            try {
                database.compactRange(family, null, null, options);
            } catch (RocksDBException e) {
                if (!options.canceled()) {
                    throw new StorageException("cannot reclaim space", e);
                }
            }
        }
    }
}
