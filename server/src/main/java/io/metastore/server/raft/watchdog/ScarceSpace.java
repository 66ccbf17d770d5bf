package io.metastore.server.raft.watchdog;

import io.metastore.server.raft.watchdog.Action.RaiseNoSpace;
import java.util.List;

/// W6. Ratis looks at free space only when it starts, and a log that cannot be written ends the member. So writes of
/// clients are refused while there is still room for what makes room: deletes, compaction, defragmentation.
final class ScarceSpace implements Rule {
    /// The alarm goes through the log and may get lost on the way; raising it twice does no harm.
    private static final long REPEAT_MILLIS = 30_000;

    private final double minimumFree;
    private long raisedAt = -REPEAT_MILLIS;

    ScarceSpace(WatchdogLimits limits) {
        minimumFree = limits.minimumFree();
    }

    @Override
    public List<Action> examine(Observation seen, long nowMillis) {
        var space = seen.space();
        if (space.free() >= minimumFree * space.total() || nowMillis - raisedAt < REPEAT_MILLIS) {
            return List.of();
        }
        raisedAt = nowMillis;
        return List.of(new RaiseNoSpace(space.free() + " of " + space.total() + " bytes are free"));
    }
}
