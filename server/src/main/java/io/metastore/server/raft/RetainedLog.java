package io.metastore.server.raft;

import io.metastore.server.raft.log.LogSize;
import io.metastore.server.raft.slow.GrowingLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.ratis.server.RaftServer;

/// What a witness keeps of its log because a member with data lacks it; looked at every ten seconds.
public final class RetainedLog {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Log log;
    private final Path group;
    private final LongSupplier nanos;
    private final GrowingLog growing;
    private long lookedNanos;
    private volatile Size size = new Size(0, 0);

    /// Both indexes are of committed entries.
    ///
    /// @param last of the newest one here
    /// @param needed of the newest one that nobody lacks
    record Log(LongSupplier last, LongSupplier needed) {}

    /// What is kept because somebody lacks it.
    ///
    /// @param bytes of whole segments of the log, so a little more than what is lacked
    public record Size(long bytes, long entries) {}

    /// @param group `<raft storage>/<group uuid>`
    /// @param nanos as `System::nanoTime`
    RetainedLog(Log log, Path group, LongSupplier nanos, GrowingLog growing) {
        this.log = log;
        this.group = group;
        this.nanos = nanos;
        this.growing = growing;
        this.lookedNanos = nanos.getAsLong() - PERIOD.toNanos();
    }

    /// @param group as above; Ratis itself tells it only when it runs
    static RetainedLog of(RaftServer.Division division, WitnessRetention retention, Path group) {
        return new RetainedLog(
                new Log(() -> division.getRaftLog().getLastCommittedIndex(), retention::committedByAll),
                group,
                System::nanoTime,
                GrowingLog.inLog());
    }

    /// To be called every now and then, from one thread.
    void tick() {
        long now = nanos.getAsLong();
        if (now - lookedNanos >= PERIOD.toNanos()) {
            lookedNanos = now;
            size = look();
            growing.look(size.bytes(), size.entries());
        }
    }

    /// As it was at the last look.
    Size size() {
        return size;
    }

    private Size look() {
        long needed = log.needed().getAsLong();
        long entries = Math.max(0, log.last().getAsLong() - needed);
        return entries == 0 ? new Size(0, 0) : new Size(LogSize.from(group, needed + 1), entries);
    }
}
