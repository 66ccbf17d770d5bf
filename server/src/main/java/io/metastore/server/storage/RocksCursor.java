package io.metastore.server.storage;

import io.metastore.server.model.KeyRange;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// A RocksDB iterator with the bounds of its range.
final class RocksCursor extends RangeCursor {
    private final RocksIterator iterator;
    private final RocksBounds bounds;
    private final Runnable whenClosed;

    /// The key of the present row, once it was asked for.
    private byte @Nullable [] key;

    RocksCursor(RocksIterator iterator, RocksBounds bounds, KeyRange range, Direction direction, Runnable whenClosed) {
        super(range, direction);
        this.iterator = iterator;
        this.bounds = bounds;
        this.whenClosed = whenClosed;
    }

    @Override
    boolean start() {
        switch (direction) {
            case FORWARD -> iterator.seek(range.from().shared());
            case BACKWARD -> iterator.seekToLast();
        }
        return settle();
    }

    @Override
    boolean advance() {
        switch (direction) {
            case FORWARD -> iterator.next();
            case BACKWARD -> iterator.prev();
        }
        return settle();
    }

    @Override
    boolean jump(byte[] target) {
        switch (direction) {
            case FORWARD -> iterator.seek(target);
            case BACKWARD -> iterator.seekForPrev(target);
        }
        return settle();
    }

    @Override
    byte[] rowKey() {
        var present = key;
        if (present == null) {
            present = iterator.key();
            key = present;
        }
        return present;
    }

    @Override
    byte[] rowValue() {
        return iterator.value();
    }

    @Override
    void free() {
        iterator.close();
        bounds.close();
        whenClosed.run();
    }

    /// RocksDB tells of a failed read only when asked.
    private boolean settle() {
        key = null;
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw new StorageException("cannot read rows", e);
        }
        return false;
    }
}
