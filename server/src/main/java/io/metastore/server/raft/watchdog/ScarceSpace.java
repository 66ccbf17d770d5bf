package io.metastore.server.raft.watchdog;

import io.metastore.server.raft.watchdog.Action.EndNoSpace;
import io.metastore.server.raft.watchdog.Action.RaiseNoSpace;
import java.util.List;

/// W6. Ratis looks at free space only when it starts, and a log that cannot be written ends the member. So writes of
/// clients are refused while there is still room for what makes room: deletes, compaction, defragmentation.
/// When there is room again, whoever made it, this member's alarm ends; one that an earlier life of the process raised
/// stays, as etcd's does, until it is disarmed.
final class ScarceSpace implements Rule {
    /// With a little more than what is asked for, or the alarm would come and go.
    private static final double ENOUGH = 1.2;

    /// Somebody may have ended the alarm though nothing is better.
    private static final long REPEAT_MILLIS = 30_000;

    private final double minimumFree;
    private boolean raised;
    private long raisedAt = -REPEAT_MILLIS;

    ScarceSpace(WatchdogLimits limits) {
        minimumFree = limits.minimumFree();
    }

    @Override
    public List<Action> examine(Observation seen, long nowMillis) {
        var space = seen.space();
        double free = space.free() / (double) space.total();
        var why = space.free() + " of " + space.total() + " bytes are free";
        if (free < minimumFree && (!raised || nowMillis - raisedAt >= REPEAT_MILLIS)) {
            raised = true;
            raisedAt = nowMillis;
            return List.of(new RaiseNoSpace(why));
        }
        if (raised && free >= minimumFree * ENOUGH) {
            raised = false;
            return List.of(new EndNoSpace(why));
        }
        return List.of();
    }
}
