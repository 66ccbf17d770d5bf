package io.metastore.server.storage;

import io.metastore.server.model.KeyRange;
import java.nio.file.Path;
import java.util.Set;

/// A checkpoint of some columns of any engine, in the form that the memory engine takes over. They are held on the heap
/// meanwhile, so they should be small ones.
public final class PartialCheckpoint {
    private PartialCheckpoint() {}

    /// Writes what `from` holds in these columns.
    ///
    /// @param directory must not exist
    public static void write(Reader from, Set<Column> columns, Path directory) {
        try (var part = MemoryStorage.volatileOnly()) {
            try (var batch = part.batch()) {
                for (var column : columns) {
                    copy(from, column, batch);
                }
                batch.commit();
            }
            part.checkpoint(directory);
        }
    }

    private static void copy(Reader from, Column column, Batch batch) {
        try (var rows = from.scan(column, KeyRange.ALL)) {
            while (rows.next()) {
                batch.put(column, rows.key(), rows.value());
            }
        }
    }
}
