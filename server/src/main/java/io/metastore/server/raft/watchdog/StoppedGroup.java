package io.metastore.server.raft.watchdog;

import io.metastore.server.raft.watchdog.Action.Exit;
import java.util.List;

/// W4. A group that has closed itself after an error stays closed, and its storage locked, until the process ends.
final class StoppedGroup implements Rule {
    private final long pausedMillis;
    private final Stopwatch paused = new Stopwatch();

    StoppedGroup(WatchdogLimits limits) {
        pausedMillis = limits.paused().toMillis();
    }

    @Override
    public List<Action> examine(Observation seen, long nowMillis) {
        return switch (seen.life()) {
            case NEW, STARTING, RUNNING -> { // STARTING lasts while the member waits to be added to its cluster
                paused.reset();
                yield List.of();
            }
            case PAUSING, PAUSED ->
                paused.look(true, nowMillis) > pausedMillis
                        ? List.of(new Exit("the Raft group has been paused for too long"))
                        : List.of();
            case EXCEPTION, CLOSING, CLOSED -> List.of(new Exit("the Raft group is " + seen.life()));
        };
    }
}
