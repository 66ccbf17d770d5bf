package io.metastore.server.raft.watchdog;

import io.metastore.server.raft.watchdog.Action.Halt;
import java.util.Optional;

/// W2. A leader whose disk hangs goes on sending heartbeats, so nobody takes over and nothing commits; a follower with
/// such a disk is of no use either. Three things tell: the log waits and nothing is flushed; a small write of our own
/// fails or does not end; the log does not answer, since whoever holds its lock waits for the disk.
final class StalledDisk {
    private final long limitMillis;
    private final Stopwatch waiting = new Stopwatch();
    private long flushed = Long.MIN_VALUE;

    StalledDisk(WatchdogLimits limits) {
        limitMillis = limits.diskStall().toMillis();
    }

    /// Looks once more.
    ///
    /// @param log what the last look at the log that ended has told
    Optional<Action> examine(Rules.Looks looks, LogProgress log, long nowMillis) {
        var write = looks.write();
        var look = looks.log();
        if (!write.failure().isEmpty()) {
            return halt("the log's volume refuses writes: " + write.failure());
        }
        if (write.runningMillis() > limitMillis) {
            return halt("a small write to the log's volume has not ended for " + write.runningMillis() + " ms");
        }
        if (look.runningMillis() > limitMillis && !log.installing()) {
            return halt("the log has not answered for " + look.runningMillis() + " ms");
        }
        if (log.flushed() != flushed) {
            flushed = log.flushed();
            waiting.reset();
        }
        var stalled = waiting.look(log.waitsForDisk(), nowMillis);
        return stalled > limitMillis
                ? halt("entry " + (log.flushed() + 1) + " of the log has waited for the disk for " + stalled + " ms")
                : Optional.empty();
    }

    private static Optional<Action> halt(String why) {
        return Optional.of(new Halt(why));
    }
}
