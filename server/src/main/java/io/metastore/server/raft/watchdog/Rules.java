package io.metastore.server.raft.watchdog;

import io.metastore.server.raft.watchdog.Action.Halt;
import java.util.List;
import java.util.Optional;

/// All the rules of one member. What ends the process comes first.
final class Rules {
    private final StalledDisk stalledDisk;
    private final List<Rule> others;
    private final long silenceMillis;

    /// How the looks at the member, at the log and the write of our own are going.
    record Looks(Pulse.State member, Pulse.State log, Pulse.State write) {}

    Rules(WatchdogLimits limits) {
        stalledDisk = new StalledDisk(limits);
        silenceMillis = limits.paused().toMillis();
        others = List.of(
                new StoppedGroup(limits),
                new DeposedLeader(limits),
                new ScarceSpace(limits),
                new SilentPeers(limits),
                new LostSenders(limits));
    }

    Optional<Action> examineDisk(Looks looks, LogProgress log, long nowMillis) {
        if (looks.member().runningMillis() > silenceMillis) {
            return Optional.of(
                    new Halt("Ratis has not answered for " + looks.member().runningMillis() + " ms"));
        }
        return stalledDisk.examine(looks, log, nowMillis);
    }

    List<Action> examine(Observation seen, long nowMillis) {
        return others.stream()
                .flatMap(rule -> rule.examine(seen, nowMillis).stream())
                .toList();
    }
}
