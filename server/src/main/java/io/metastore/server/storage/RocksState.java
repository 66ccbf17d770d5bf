package io.metastore.server.storage;

import io.metastore.server.model.KeyRange;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;

/// The rows after one commit. RocksDB's snapshot in it is taken once and shared by all who read that state, since
/// taking one locks the whole database.
final class RocksState extends References {
    private final RocksEngine engine;
    private final org.rocksdb.Snapshot snapshot;
    private final ReadOptions options;

    RocksState(RocksEngine engine) {
        this.engine = engine;
        snapshot = engine.newSnapshot();
        options = new ReadOptions().setSnapshot(snapshot);
    }

    /// The caller is a holder.
    byte @Nullable [] get(Column column, byte[] key) {
        return engine.get(column, options, key);
    }

    /// The caller is a holder until `whenClosed` has run.
    RangeCursor scan(Column column, KeyRange range, Direction direction, Runnable whenClosed) {
        var bounded = RocksBounds.of(options, range, direction);
        return new RocksCursor(engine.iterator(column, bounded.options()), bounded, range, direction, whenClosed);
    }

    /// As `scan`, past the cache. Blocks that are cached lie in the memory that the allocator keeps for the thread that
    /// read them, and leave holes there when they make way, in as many places as there were such threads.
    RangeCursor scanOnce(Column column, KeyRange range, Runnable whenClosed) {
        var bounded = RocksBounds.of(options, range, Direction.FORWARD);
        bounded.options().setFillCache(false);
        return new RocksCursor(
                engine.iterator(column, bounded.options()), bounded, range, Direction.FORWARD, whenClosed);
    }

    @Override
    void free() {
        options.close();
        engine.release(snapshot);
    }
}
