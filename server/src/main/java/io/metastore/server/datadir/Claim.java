package io.metastore.server.datadir;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The lock on one directory. It ends with the process at the latest, so a crash leaves nothing to clean up.
///
/// The system counts such locks by process: a second claim in this process is refused too, but after that other
/// processes may no longer be, so a directory must have one owner in a process.
final class Claim implements AutoCloseable {
    private static final String LOCK_FILE = "lock";

    private final FileChannel channel;

    private Claim(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws DataDirectoryException when another process, or another part of this one, holds it
    static Claim on(Path directory) throws IOException {
        var channel =
                FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock(channel).isEmpty()) {
            channel.close();
            throw new DataDirectoryException("the directory " + directory
                    + " is in use by another process: stop that one, or start this one on another --data-dir");
        }
        return new Claim(channel);
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new DataDirectoryException("cannot release the lock of a data directory", e);
        }
    }
}
