package io.metastore.server.raft.watchdog;

import io.metastore.server.raft.watchdog.Action.Halt;
import io.metastore.server.raft.watchdog.Action.StepDown;
import java.util.List;

/// W5. Ratis ignores a higher term in the answers of followers it takes for lagging, and merges step-down events of the
/// same kind, so a leader may miss that another one was elected. It is told to step down; if it still leads after the
/// same time again, it is halted.
final class DeposedLeader implements Rule {
    private final long limitMillis;
    private final Stopwatch deposed = new Stopwatch();
    private boolean told;

    DeposedLeader(WatchdogLimits limits) {
        limitMillis = limits.deposed().toMillis();
    }

    @Override
    public List<Action> examine(Observation seen, long nowMillis) {
        var terms = seen.terms();
        var lasting = deposed.look(seen.leader() && terms.foreign() > terms.own(), nowMillis);
        if (lasting <= limitMillis) {
            told = told && lasting >= 0;
            return List.of();
        }
        var why = "it leads term " + terms.own() + " " + lasting + " ms after term " + terms.foreign() + " was seen";
        if (lasting > 2 * limitMillis) {
            return List.of(new Halt(why));
        }
        if (told) {
            return List.of();
        }
        told = true;
        return List.of(new StepDown(why));
    }
}
