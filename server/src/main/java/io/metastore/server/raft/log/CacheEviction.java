package io.metastore.server.raft.log;

import org.apache.ratis.server.RaftServer;

/// Ratis's thread that drops old segments of the log from the heap. It asks for the log's lock in a way that cannot be
/// interrupted, and who closes the log waits for its end while holding that lock: a log that is closed just when a
/// segment is to be dropped is never closed. So the thread has to end before, while nobody holds the lock for long.
public final class CacheEviction {
    private CacheEviction() {}

    /// Ends the thread of this division and waits until it has; from then on nothing is dropped any more.
    ///
    /// @throws InterruptedException when the caller is interrupted while it waits
    public static void end(RaftServer.Division division) throws InterruptedException {
        var name = nameOf(division);
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(name)) {
                thread.interrupt();
                thread.join();
            }
        }
    }

    static String nameOf(RaftServer.Division division) {
        return division.getMemberId() + "-cacheEviction-AwaitToRun";
    }
}
