package io.metastore.operator.simulation;

import io.metastore.operator.model.Role;
import io.metastore.operator.simulation.World.Member;
import io.metastore.operator.simulation.World.Pod;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// What happens by itself: Pods start and end, members start, catch up and elect a leader.
final class Kubelet {
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final long CAUGHT_UP_IN_A_TICK = 2_000;

    private final World world;

    Kubelet(World world) {
        this.world = world;
    }

    void tick() {
        world.now = world.now.plus(TICK);
        endPods();
        startPods();
        startMembers();
        elect();
        catchUp();
        readiness();
    }

    private void endPods() {
        world.pods.values().removeIf(pod -> pod.terminating);
        world.volumes.values().removeIf(volume -> volume.terminating && !world.pods.containsKey(volume.name));
    }

    private void startPods() {
        for (var pod : world.pods.values()) {
            boolean whole = world.volumes(pod.name).count() > 0;
            boolean starts = whole && world.works(pod.image);
            if (starts && !pod.running) {
                pod.since = world.now;
            }
            pod.running = starts;
        }
    }

    /// A member without data founds or joins; one with data goes on; one that was removed ends.
    private void startMembers() {
        for (var pod : world.pods.values()) {
            if (!pod.running) {
                continue;
            }
            var member = world.member(pod.name);
            boolean empty = world.volumes(pod.name).allMatch(volume -> volume.owner == 0);
            if (member.isEmpty()) {
                found(pod, empty);
            } else if (empty && !member.get().started && pod.joins.equals(joins())) {
                begin(member.get());
            } else if (empty) {
                pod.running = false;
            }
        }
    }

    private void found(Pod pod, boolean empty) {
        if (!pod.founds || !empty || !world.members.isEmpty()) {
            pod.running = false;
            return;
        }
        var member = new Member(world.id(), pod.name, Role.VOTER);
        world.members.add(member);
        begin(member);
    }

    private void begin(Member member) {
        member.started = true;
        member.lag = member.role == Role.LEARNER ? 5_000 : 0;
        world.volumes(member.name).forEach(volume -> volume.owner = member.id);
    }

    private String joins() {
        return String.join(
                ",",
                world.members.stream()
                        .map(member -> member.name + "=" + world.wanted.peerUrl(member.name))
                        .sorted()
                        .toList());
    }

    private void elect() {
        boolean leads = world.leader()
                .filter(member -> world.isUp(member) && member.role == Role.VOTER)
                .isPresent();
        if (leads && world.up(0) >= World.majority(world.voters().size())) {
            return;
        }
        world.leader = 0;
        if (world.voters().isEmpty()
                || world.up(0) < World.majority(world.voters().size())) {
            return;
        }
        heir().ifPresent(heir -> {
            world.leader = heir.id;
            world.term++;
            heir.lag = 0;
        });
    }

    private Optional<Member> heir() {
        return world.voters().stream()
                .filter(member -> member.role == Role.VOTER && world.isUp(member))
                .min(Comparator.comparingLong((Member member) -> member.lag).thenComparingLong(member -> member.id));
    }

    private void catchUp() {
        if (world.hasMajority()) {
            world.members.stream()
                    .filter(world::isUp)
                    .forEach(member -> member.lag = Math.max(0, member.lag - CAUGHT_UP_IN_A_TICK));
        }
    }

    private void readiness() {
        for (var pod : world.pods.values()) {
            if (!world.isReady(pod)) {
                pod.since = world.now;
            }
        }
    }
}
