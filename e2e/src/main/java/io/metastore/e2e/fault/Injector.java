package io.metastore.e2e.fault;

import io.metastore.e2e.net.Condition;
import io.metastore.e2e.wire.MemberView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Lets a fault happen, and ends it: afterwards all members run and reach each other.
final class Injector {
    private static final Duration DELAY = Duration.ofMillis(60);
    private static final Duration FROZEN = Duration.ofMillis(300);
    private static final Duration THAWED = Duration.ofMillis(100);
    private static final int SHORTEST_MILLIS = 500;
    private static final int LONGEST_MILLIS = 4000;

    private static final long FARTHEST_SECONDS = 3600;

    private final Cluster cluster;
    private final Membership membership;
    private final Random random;

    Injector(Cluster cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
        membership = new Membership(cluster);
    }

    /// Returns what has happened: a log that has no record to tear is only that of a killed follower.
    Incident inject(Incident incident) throws InterruptedException {
        var fault = incident.fault();
        if (!incident.membersChange()) {
            return Incident.alone(inject(fault, Meanwhile.idle()));
        }
        for (var step : membership.visit()) {
            var change = new Meanwhile(step);
            fault = inject(incident.fault(), change);
            change.await();
        }
        return Incident.whileMembersChange(fault);
    }

    /// @param meanwhile begun while the fault is in effect
    private Fault inject(Fault fault, Meanwhile meanwhile) throws InterruptedException {
        var leader = cluster.leader();
        var follower = followers(leader).getFirst();
        var held = new Condition.Held();
        var open = new Condition.Open();
        var slow = new Condition.Delayed(DELAY);
        switch (fault) {
            case KILL_LEADER -> kill(leader, meanwhile);
            case KILL_FOLLOWER -> kill(follower, meanwhile);
            case KILL_ALL -> killAll(meanwhile);
            case TERMINATE_LEADER -> terminate(leader, meanwhile);
            case PAUSE_LEADER -> pause(leader, meanwhile);
            case PAUSE_FOLLOWER -> pause(follower, meanwhile);
            case LEADER_CUT_OFF -> disturb(leader, held, held, meanwhile);
            case FOLLOWER_CUT_OFF -> disturb(follower, held, held, meanwhile);
            case LEADER_NOT_HEARD -> disturb(leader, held, open, meanwhile);
            case LEADER_HEARS_NOTHING -> disturb(leader, open, held, meanwhile);
            case LEADER_REFUSED -> disturb(leader, new Condition.Refused(), new Condition.Refused(), meanwhile);
            case SLOW_NETWORK -> disturb(leader, slow, slow, meanwhile);
            case HALF_OPEN_CONNECTIONS -> halfOpen(leader, meanwhile);
            case ROLLING_RESTART -> rollingRestart(meanwhile);
            case KILL_IN_SNAPSHOT -> killInSnapshot(leader, meanwhile);
            case TORN_LOG -> {
                return tear(follower, meanwhile) ? fault : Fault.KILL_FOLLOWER;
            }
            case LOST_DISK -> membership.replace(follower, meanwhile);
            case MEMBERS_CHANGE -> membersChange(leader, meanwhile);
            case SLOW_DISK -> slowDisk(leader, meanwhile);
            case FULL_DISK -> fullDisk(leader, meanwhile);
            case CLOCK_JUMP -> clockJump(leader, meanwhile);
        }
        return fault;
    }

    private List<Node> followers(Node leader) {
        var followers = new ArrayList<>(cluster.founders());
        followers.remove(leader);
        Collections.shuffle(followers, random);
        return followers;
    }

    /// A fault is in effect, and stays so for a while.
    private void hold(Meanwhile meanwhile) throws InterruptedException {
        meanwhile.begin();
        Thread.sleep(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
    }

    private void kill(Node node, Meanwhile meanwhile) throws InterruptedException {
        node.process().kill();
        hold(meanwhile);
        cluster.startStopped();
    }

    private void killAll(Meanwhile meanwhile) {
        cluster.founders().forEach(node -> node.process().kill());
        meanwhile.begin();
        cluster.startStopped();
    }

    private void terminate(Node node, Meanwhile meanwhile) throws InterruptedException {
        var _ = node.process().terminate();
        hold(meanwhile);
        cluster.startStopped();
    }

    private void pause(Node node, Meanwhile meanwhile) throws InterruptedException {
        node.process().pause();
        try {
            hold(meanwhile);
        } finally {
            node.process().resume();
        }
    }

    private void disturb(Node node, Condition sends, Condition hears, Meanwhile meanwhile) throws InterruptedException {
        for (var other : cluster.all()) {
            cluster.network().set(node.name(), other.name(), sends);
            cluster.network().set(other.name(), node.name(), hears);
        }
        try {
            hold(meanwhile);
        } finally {
            cluster.network().heal();
        }
    }

    private void halfOpen(Node node, Meanwhile meanwhile) throws InterruptedException {
        for (var other : followers(node)) {
            cluster.network().halfOpen(node.name(), other.name());
        }
        hold(meanwhile);
    }

    private void rollingRestart(Meanwhile meanwhile) {
        for (var node : cluster.founders()) {
            var _ = node.process().terminate();
            meanwhile.begin();
            cluster.startStopped();
        }
    }

    private void killInSnapshot(Node leader, Meanwhile meanwhile) throws InterruptedException {
        var work = Thread.ofVirtual().start(() -> {
            var _ = cluster.ask(leader, MemberView::snapshot);
        });
        var more = Thread.ofVirtual().start(() -> {
            var _ = cluster.ask(leader, view -> {
                view.defragment();
                return true;
            });
        });
        Thread.sleep(random.nextInt(50));
        kill(leader, meanwhile);
        work.join();
        more.join();
    }

    private boolean tear(Node node, Meanwhile meanwhile) throws InterruptedException {
        node.process().kill();
        boolean torn = LogFile.tear(node.data());
        hold(meanwhile);
        cluster.startStopped();
        return torn;
    }

    private void membersChange(Node leader, Meanwhile meanwhile) throws InterruptedException {
        membership.welcome();
        kill(leader, meanwhile);
        membership.promote();
        hold(meanwhile);
        membership.dismiss();
    }

    private void slowDisk(Node node, Meanwhile meanwhile) throws InterruptedException {
        var disk = node.disk().orElseThrow();
        meanwhile.begin();
        disk.stutter(Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS)), FROZEN, THAWED);
    }

    /// A member whose disk is full may go on, raise the alarm NOSPACE or end. Once there is room it must
    /// come back by itself or when it is started again; the alarm, as etcd's, is ended by whoever made
    /// room.
    private void fullDisk(Node node, Meanwhile meanwhile) throws InterruptedException {
        var disk = node.disk().orElseThrow();
        disk.fill();
        try {
            hold(meanwhile);
        } finally {
            disk.empty();
        }
        Thread.sleep(SHORTEST_MILLIS);
        cluster.startStopped();
        var asked = cluster.leader();
        Cluster.await(
                "the end of alarms",
                () -> cluster.ask(asked, MemberView::disarm).orElse(false));
    }

    private void clockJump(Node leader, Meanwhile meanwhile) throws InterruptedException {
        var nodes = random.nextBoolean() ? cluster.founders() : List.of(leader);
        try {
            for (var node : nodes) {
                node.clock()
                        .orElseThrow()
                        .jump(Duration.ofSeconds(random.nextLong(-FARTHEST_SECONDS, FARTHEST_SECONDS)));
            }
            hold(meanwhile);
        } finally {
            nodes.forEach(node -> node.clock().orElseThrow().jump(Duration.ZERO));
        }
        hold(meanwhile);
    }
}
