package io.metastore.server.raft.watchdog;

import io.metastore.server.raft.watchdog.Action.TransferLeadership;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.ratis.protocol.RaftPeerId;

/// W7. When a change of the configuration fails, Ratis stops the senders of all followers that this leader has not seen
/// catch up as new voters: learners, promoted learners, those whose sender was restarted. They get nothing more. A new
/// leader feeds everybody.
final class LostSenders implements Rule {
    private final WatchdogLimits limits;
    private final Map<RaftPeerId, Long> missingSince = new HashMap<>();
    private long quietUntil;

    LostSenders(WatchdogLimits limits) {
        this.limits = limits;
    }

    @Override
    public List<Action> examine(Observation seen, long nowMillis) {
        var missing = missing(seen);
        missingSince.keySet().retainAll(missing);
        missing.forEach(peer -> missingSince.putIfAbsent(peer, nowMillis));
        var lost = missingSince.values().stream()
                .anyMatch(since -> nowMillis - since >= limits.lostSender().toMillis());
        if (!lost || nowMillis < quietUntil) {
            return List.of();
        }
        quietUntil = nowMillis + limits.leadershipPause().toMillis();
        return List.of(new TransferLeadership("it has no sender for " + missing));
    }

    private static Set<RaftPeerId> missing(Observation seen) {
        var membership = seen.membership();
        if (!seen.leader() || membership.changing()) {
            return Set.of();
        }
        var missing = new HashSet<>(membership.configured());
        missing.removeAll(membership.silentMillis().keySet());
        return missing;
    }
}
