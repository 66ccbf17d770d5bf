package io.metastore.server.storage;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.Slice;

/// Options for one scan, so that RocksDB itself ends it: it would otherwise walk over deleted rows behind the
/// range. The bounds' memory must live as long as the iterator.
record RocksBounds(ReadOptions options, List<Slice> bounds) implements AutoCloseable {
    static RocksBounds of(ReadOptions base, KeyRange range, Direction direction) {
        var options = new ReadOptions(base);
        var bounds = new ArrayList<Slice>(2);
        if (!range.isUnbounded()) {
            options.setIterateUpperBound(slice(range.to(), bounds));
        }
        if (direction == Direction.BACKWARD && !range.from().isEmpty()) {
            options.setIterateLowerBound(slice(range.from(), bounds));
        }
        return new RocksBounds(options, bounds);
    }

    @Override
    public void close() {
        options.close();
        bounds.forEach(Slice::close);
    }

    private static Slice slice(Bytes key, List<Slice> bounds) {
        var slice = new Slice(key.shared());
        bounds.add(slice);
        return slice;
    }
}
