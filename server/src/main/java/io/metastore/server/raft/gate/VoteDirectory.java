package io.metastore.server.raft.gate;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.apache.ratis.server.RaftServer;

/// The directory that holds a member's term and vote. Ratis renames a new file into it without syncing it, so
/// after a power loss a vote could be forgotten and given twice.
final class VoteDirectory {
    private final RaftServer server;

    VoteDirectory(RaftServer server) {
        this.server = server;
    }

    /// Returns when the names in the directory are on disk.
    void sync() throws IOException {
        for (var group : server.getGroupIds()) {
            var storage = server.getDivision(group).getRaftStorage().getStorageDir();
            try (var directory = FileChannel.open(storage.getCurrentDir().toPath(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }
}
