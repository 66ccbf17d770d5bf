package io.metastore.server.cli.original;

import java.time.Duration;
import java.util.List;

/// The rhythm of the replication: the original counts in ticks, etcd in milliseconds.
final class Timing {
    private static final String TICK = "raft.tick_interval";
    private static final String ELECTION = "raft.election_tick";
    private static final String HEARTBEAT = "raft.heartbeat_tick";
    private static final int HEARTBEATS_IN_AN_ELECTION = 5;
    private static final Duration LONGEST_ELECTION = Duration.ofSeconds(50);

    private Timing() {}

    /// @throws RuntimeException when the ticks do not fit each other
    static List<Assignment> assignments(Values values) {
        var tick = values.duration(TICK);
        long election = values.number(ELECTION);
        long heartbeat = values.number(HEARTBEAT);
        if (tick.toMillis() < 1 || !tick.equals(Duration.ofMillis(tick.toMillis()))) {
            throw values.entry(TICK).refused(TICK + " must be whole milliseconds, at least 1ms");
        }
        if (election <= heartbeat) {
            throw loudest(values)
                    .refused(ELECTION + " must be > " + HEARTBEAT + " (" + ticks(election, heartbeat) + ")");
        }
        if (election < HEARTBEATS_IN_AN_ELECTION * heartbeat) {
            throw loudest(values)
                    .refused(ELECTION + " must be at least " + HEARTBEATS_IN_AN_ELECTION + " times " + HEARTBEAT + " ("
                            + ticks(election, heartbeat) + ")");
        }
        if (tick.compareTo(LONGEST_ELECTION) > 0 || tick.multipliedBy(election).compareTo(LONGEST_ELECTION) > 0) {
            throw (values.isSet(TICK) ? values.entry(TICK) : values.entry(ELECTION))
                    .refused(TICK + " times " + ELECTION + " must be 50s at most (" + values.text(TICK) + " x "
                            + election + ")");
        }
        return List.of(
                values.assign("election-timeout", millis(tick, election), values.isSet(TICK) ? TICK : ELECTION),
                values.assign("heartbeat-interval", millis(tick, heartbeat), values.isSet(TICK) ? TICK : HEARTBEAT));
    }

    /// The one of the two that somebody set.
    private static Entry loudest(Values values) {
        return values.isSet(ELECTION) ? values.entry(ELECTION) : values.entry(HEARTBEAT);
    }

    private static String ticks(long election, long heartbeat) {
        return election + " and " + heartbeat;
    }

    private static String millis(Duration tick, long ticks) {
        return String.valueOf(tick.multipliedBy(ticks).toMillis());
    }
}
