package io.metastore.server.node;

/// This member's whole state, after some commit, as the file in which etcd would keep it, read as a stream. It is made
/// while it is read, and may take long; it ought to be closed soon. For one thread.
public interface StateFile extends AutoCloseable {
    /// The size of the whole file.
    long bytes();

    /// Fills `target` with what comes next.
    ///
    /// @return how many bytes; fewer than there is room for at the end only
    int read(byte[] target);

    @Override
    void close();
}
