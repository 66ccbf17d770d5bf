package io.metastore.server.raft.watchdog;

import io.metastore.server.raft.watchdog.Observation.Membership;
import io.metastore.server.raft.watchdog.Observation.Space;
import io.metastore.server.raft.watchdog.Observation.Terms;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.util.LifeCycle;

/// Looks at a healthy member, with one thing changed.
final class Seen {
    static final RaftPeerId B = RaftPeerId.valueOf("b");
    static final RaftPeerId C = RaftPeerId.valueOf("c");
    static final WatchdogLimits LIMITS = WatchdogLimits.standard(Duration.ofMillis(1200));

    private static final Terms SAME_TERM = new Terms(7, 7);
    private static final Space ROOM = new Space(500, 1000);

    private Seen() {}

    static Observation healthy() {
        return leading(Map.of(B, 10L, C, 20L));
    }

    static Observation leading(Map<RaftPeerId, Long> silentMillis) {
        return leading(Set.of(B, C), silentMillis, false);
    }

    static Observation leading(Set<RaftPeerId> configured, Map<RaftPeerId, Long> silentMillis, boolean changing) {
        var membership = new Membership(new HashSet<>(configured), new HashMap<>(silentMillis), changing);
        return new Observation(LifeCycle.State.RUNNING, true, SAME_TERM, membership, ROOM);
    }

    static Observation following() {
        return new Observation(LifeCycle.State.RUNNING, false, SAME_TERM, Membership.NONE, ROOM);
    }

    static Observation living(LifeCycle.State life) {
        return new Observation(life, false, SAME_TERM, Membership.NONE, ROOM);
    }

    static Observation terms(boolean leader, long own, long foreign) {
        return new Observation(LifeCycle.State.RUNNING, leader, new Terms(own, foreign), Membership.NONE, ROOM);
    }

    static Observation space(long free) {
        return new Observation(LifeCycle.State.RUNNING, false, SAME_TERM, Membership.NONE, new Space(free, 1000));
    }

    /// What a rule asked for while it saw the same thing once a second, `from` and `to` inclusive.
    static List<Action> each(Rule rule, Observation seen, int fromSecond, int toSecond) {
        return IntStream.rangeClosed(fromSecond, toSecond)
                .boxed()
                .flatMap(second -> rule.examine(seen, second * 1000L).stream())
                .toList();
    }
}
