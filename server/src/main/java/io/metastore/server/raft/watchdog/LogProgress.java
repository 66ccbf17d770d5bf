package io.metastore.server.raft.watchdog;

/// How far the log is and how far it is on disk.
///
/// @param last index of the last entry, -1 when there is none
/// @param flushed index of the last entry that is on disk
/// @param installing whether a checkpoint of another member is being installed, which moves both
public record LogProgress(long last, long flushed, boolean installing) {
    boolean waitsForDisk() {
        return !installing && last > flushed;
    }
}
