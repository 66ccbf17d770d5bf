package io.metastore.server.raft;

import io.metastore.server.model.MemberId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// Faults of the network and of members, one after the other, as a seed decides. At each time at most one member is
/// in trouble, so that the other two can go on.
final class Faults {
    private static final int LONGEST_DELAY_MILLIS = 40;
    private static final Duration HAND_OVER = Duration.ofMillis(500);

    private final TestCluster cluster;
    private final SimulatedClients clients;
    private final Random random;
    private Optional<MemberId> inTrouble = Optional.empty();

    Faults(TestCluster cluster, SimulatedClients clients, Random random) {
        this.cluster = cluster;
        this.clients = clients;
        this.random = random;
    }

    private enum Kind {
        CUT_OFF,
        DEAF,
        MUTE,
        SLOW,
        RESTARTED,
        RESTARTED_WHILE_CUT_OFF,
        HANDS_OVER
    }

    /// Lets the next fault happen and says which. It comes to the member that is in trouble, or all links become
    /// whole again and it comes to any.
    String next() throws IOException {
        if (random.nextBoolean()) {
            cluster.network.heal();
            inTrouble = Optional.empty();
        }
        var victim = inTrouble.flatMap(cluster::running).orElseGet(this::any);
        inTrouble = Optional.of(victim.id());
        boolean leads = victim.consensus().state().isLeader();
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        strike(victim, kind);
        return kind + " " + (leads ? "leader " : "follower ") + victim.id();
    }

    private TestMember any() {
        return random.nextBoolean() ? cluster.leader() : cluster.followers().get(random.nextInt(2));
    }

    private void strike(TestMember victim, Kind kind) throws IOException {
        switch (kind) {
            case CUT_OFF -> cluster.isolate(victim);
            case DEAF -> others(victim).forEach(other -> cluster.network.cutOneWay(other.id(), victim.id()));
            case MUTE -> others(victim).forEach(other -> cluster.network.cutOneWay(victim.id(), other.id()));
            case SLOW -> slow(victim, random.nextInt(1, LONGEST_DELAY_MILLIS));
            case RESTARTED -> restart(victim);
            case RESTARTED_WHILE_CUT_OFF -> {
                cluster.isolate(victim);
                restart(victim);
            }
            case HANDS_OVER -> victim.consensus().handOver(HAND_OVER);
        }
    }

    private List<TestMember> others(TestMember victim) {
        return cluster.members().stream().filter(member -> member != victim).toList();
    }

    private void restart(TestMember victim) throws IOException {
        clients.ends(victim.id());
        cluster.kill(victim);
        clients.serves(cluster.start(victim.id()));
    }

    /// What the member sends, and what it is sent, takes its time.
    private void slow(TestMember victim, int millis) {
        var id = victim.id().toString();
        cluster.network.hook((method, from) -> {
            if (from.equals(id) || method.endsWith("@" + id)) {
                LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
            }
        });
    }
}
