package io.metastore.server.storage;

/// The state after one commit, unchanged by later ones. Readable by any number of threads until it is closed; it holds
/// back the reuse of space, so it is closed soon.
public interface Snapshot extends Reader, AutoCloseable {
    @Override
    void close();
}
