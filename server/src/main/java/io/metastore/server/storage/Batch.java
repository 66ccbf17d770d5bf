package io.metastore.server.storage;

import io.metastore.server.model.Bytes;

/// Changes that are committed together or not at all. Reads see the last commit with the changes made here so far.
/// For one thread. Closing a batch that was not committed drops it.
public interface Batch extends Reader, AutoCloseable {
    void put(Column column, Bytes key, Bytes value);

    void delete(Column column, Bytes key);

    /// Makes the changes visible to snapshots taken from now on, all at once. They are durable after the next
    /// `Storage.persist`, or earlier, and always as a whole and in the order of the commits.
    ///
    /// @throws StorageException when the engine failed; the storage must not be used any more
    void commit();

    @Override
    void close();
}
