package io.metastore.server.storage;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/// One budget for all that RocksDB keeps in memory: the block cache has the whole of it, holds indexes and filters
/// too, and is charged for the rows that wait to be written, so that cached blocks make way for them.
///
/// Source: "Memory usage in RocksDB" and "Write Buffer Manager" in RocksDB's wiki.
final class RocksMemory implements AutoCloseable {
    private static final double SHARE_OF_INDEXES = 0.3;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final long writeBufferBytes;

    RocksMemory(long bytes) {
        writeBufferBytes = bytes * 2 / 5;
        // The library chooses the number of shards; the limit is no hard one, or reads would fail at times.
        cache = new LRUCache(bytes, -1, false, SHARE_OF_INDEXES);
        writeBuffers = new WriteBufferManager(writeBufferBytes, cache);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    /// How many bytes of rows may wait to be written, over all columns.
    long writeBufferBytes() {
        return writeBufferBytes;
    }

    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }
}
