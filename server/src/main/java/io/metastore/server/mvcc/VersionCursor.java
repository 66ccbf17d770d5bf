package io.metastore.server.mvcc;

import io.metastore.server.model.KeyValue;

/// A walk over the versions of keys that are there at one revision, in the order of the keys. For one thread.
interface VersionCursor extends AutoCloseable {
    /// Moves to the next key; reads no value.
    boolean next();

    /// The version it stands on, without value and lease.
    KeyValue numbers();

    /// The whole version it stands on.
    KeyValue keyValue();

    @Override
    void close();
}
