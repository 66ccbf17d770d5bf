package io.metastore.server.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// What the engines do to files, step by step. A seam: tests stop it after any step and lose what was not synced.
interface Disk {
    /// A new, empty file; one of that name is overwritten.
    OutputFile create(Path file) throws IOException;

    void createDirectory(Path directory) throws IOException;

    /// Gives a file or directory another name in the same file system, in one step. Its parents must be synced for
    /// the name to last.
    void move(Path from, Path to) throws IOException;

    /// Removes a file, or a directory with all that is in it; nothing happens when there is none.
    void delete(Path path) throws IOException;

    /// Makes the names in a directory durable.
    void syncDirectory(Path directory) throws IOException;

    interface OutputFile extends AutoCloseable {
        /// Writes all that remains in `bytes`.
        void write(ByteBuffer bytes) throws IOException;

        void sync() throws IOException;

        @Override
        void close() throws IOException;
    }
}
