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

    private final Cluster cluster;
    private final Membership membership;
    private final Random random;

    Injector(Cluster cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
        membership = new Membership(cluster);
    }

    /// Returns what has happened: a log that has no record to tear is only that of a killed follower.
    Fault inject(Fault fault) throws InterruptedException {
        var leader = cluster.leader();
        var follower = followers(leader).getFirst();
        switch (fault) {
            case KILL_LEADER -> kill(leader);
            case KILL_FOLLOWER -> kill(follower);
            case KILL_ALL -> {
                cluster.founders().forEach(node -> node.process().kill());
                cluster.startStopped();
            }
            case TERMINATE_LEADER -> terminate(leader);
            case PAUSE_LEADER -> pause(leader);
            case PAUSE_FOLLOWER -> pause(follower);
            case LEADER_CUT_OFF -> disturb(leader, new Condition.Held(), new Condition.Held());
            case FOLLOWER_CUT_OFF -> disturb(follower, new Condition.Held(), new Condition.Held());
            case LEADER_NOT_HEARD -> disturb(leader, new Condition.Held(), new Condition.Open());
            case LEADER_HEARS_NOTHING -> disturb(leader, new Condition.Open(), new Condition.Held());
            case LEADER_REFUSED -> disturb(leader, new Condition.Refused(), new Condition.Refused());
            case SLOW_NETWORK -> disturb(leader, new Condition.Delayed(DELAY), new Condition.Delayed(DELAY));
            case HALF_OPEN_CONNECTIONS -> halfOpen(leader);
            case ROLLING_RESTART -> rollingRestart();
            case KILL_IN_SNAPSHOT -> killInSnapshot(leader);
            case TORN_LOG -> {
                return tear(follower) ? fault : Fault.KILL_FOLLOWER;
            }
            case LOST_DISK -> membership.replace(follower);
            case MEMBERS_CHANGE -> membersChange(leader);
            case SLOW_DISK -> slowDisk(leader);
            case FULL_DISK -> fullDisk(leader);
        }
        return fault;
    }

    private List<Node> followers(Node leader) {
        var followers = new ArrayList<>(cluster.founders());
        followers.remove(leader);
        Collections.shuffle(followers, random);
        return followers;
    }

    private void hold() throws InterruptedException {
        Thread.sleep(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
    }

    private void kill(Node node) throws InterruptedException {
        node.process().kill();
        hold();
        cluster.startStopped();
    }

    private void terminate(Node node) throws InterruptedException {
        var _ = node.process().terminate();
        hold();
        cluster.startStopped();
    }

    private void pause(Node node) throws InterruptedException {
        node.process().pause();
        try {
            hold();
        } finally {
            node.process().resume();
        }
    }

    private void disturb(Node node, Condition sends, Condition hears) throws InterruptedException {
        for (var other : cluster.all()) {
            cluster.network().set(node.name(), other.name(), sends);
            cluster.network().set(other.name(), node.name(), hears);
        }
        try {
            hold();
        } finally {
            cluster.network().heal();
        }
    }

    private void halfOpen(Node node) throws InterruptedException {
        for (var other : followers(node)) {
            cluster.network().halfOpen(node.name(), other.name());
        }
        hold();
    }

    private void rollingRestart() {
        for (var node : cluster.founders()) {
            var _ = node.process().terminate();
            cluster.startStopped();
        }
    }

    private void killInSnapshot(Node leader) throws InterruptedException {
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
        kill(leader);
        work.join();
        more.join();
    }

    private boolean tear(Node node) throws InterruptedException {
        node.process().kill();
        boolean torn = LogFile.tear(node.data());
        hold();
        cluster.startStopped();
        return torn;
    }

    private void membersChange(Node leader) throws InterruptedException {
        membership.welcome();
        kill(leader);
        membership.promote();
        hold();
        membership.dismiss();
    }

    private void slowDisk(Node node) throws InterruptedException {
        var disk = node.disk().orElseThrow();
        disk.stutter(Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS)), FROZEN, THAWED);
    }

    /// A member whose disk is full may go on, raise the alarm NOSPACE or end. Once there is room it must
    /// come back by itself or when it is started again; the alarm, as etcd's, is ended by whoever made
    /// room.
    private void fullDisk(Node node) throws InterruptedException {
        var disk = node.disk().orElseThrow();
        disk.fill();
        try {
            hold();
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
}
