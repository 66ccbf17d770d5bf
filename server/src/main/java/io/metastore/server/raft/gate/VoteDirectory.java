package io.metastore.server.raft.gate;

import io.metastore.server.file.Durable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import org.apache.ratis.server.RaftServer;

/// The directory that holds a member's term and vote. Ratis renames a new file into it without syncing it, so after a
/// power loss a vote could be forgotten and given twice.
final class VoteDirectory {
    private final RaftServer server;

    VoteDirectory(RaftServer server) {
        this.server = server;
    }

    /// Returns when the names in the directory are on disk.
    void sync() throws IOException {
        for (var group : server.getGroupIds()) {
            var storage = server.getDivision(group).getRaftStorage().getStorageDir();
            sync(storage.getCurrentDir().toPath());
        }
    }

    /// Ratis interrupts the threads of an election that is decided. That closes the channel which syncs, and is no
    /// failure of the disk: it is done again, and the thread is interrupted afterwards.
    static void sync(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (!isSynced(directory)) {
                interrupted = Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isSynced(Path directory) throws IOException {
        try {
            Durable.syncDirectory(directory);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }
}
