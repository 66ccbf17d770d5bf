package io.metastore.operator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import io.metastore.operator.plan.Planner;
import io.metastore.operator.simulation.World.Member;
import io.metastore.operator.simulation.World.Pod;
import io.metastore.operator.simulation.World.Volume;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// States that no history leads to, or hardly any: whatever is found, what is planned hurts nobody.
class PlannerStatesTest {
    private static final long SEED = Long.getLong("seed", 20261123);
    private static final int STATES = 20_000;

    @Test
    void whateverIsFoundThePlanHurtsNobody() {
        int withSteps = 0;
        for (int i = 0; i < STATES; i++) {
            var world = any(new Random(SEED + i));
            var plan = Planner.plan(world.wanted, world.observe());
            var objection = new Judge(world).objection(plan);
            if (objection.isPresent()) {
                throw new AssertionError("seed " + (SEED + i) + ": " + objection.get() + "\nwanted " + world.wanted
                        + "\nin " + world.observe());
            }
            withSteps += plan.steps().isEmpty() ? 0 : 1;
        }
        assertThat(withSteps).isGreaterThan(STATES / 4);
    }

    @Test
    void equalLooksGiveEqualPlans() {
        for (int i = 0; i < 200; i++) {
            var one = any(new Random(SEED + i));
            var other = any(new Random(SEED + i));

            assertThat(Planner.plan(one.wanted, one.observe())).isEqualTo(Planner.plan(other.wanted, other.observe()));
        }
    }

    private static World any(Random random) {
        var shape = Specs.any(random);
        var world = new World(
                switch (random.nextInt(12)) {
                    case 0 -> shape.with("paused: true").wanted();
                    case 1 -> shape.with("hibernated: true").wanted();
                    default -> shape.wanted();
                });
        int names = random.nextInt(8);
        for (int serial = 1; serial <= names; serial++) {
            put(world, random, new MemberName("demo", serial));
            world.numbersUsed.add((long) serial);
        }
        world.nextSerial = names + 1L;
        world.recordedId = random.nextBoolean() ? Optional.of(World.CLUSTER_ID) : Optional.empty();
        world.voters().stream()
                .filter(member -> member.role == Role.VOTER && world.isUp(member))
                .skip(random.nextInt(2))
                .findFirst()
                .ifPresent(member -> world.leader = member.id);
        return world;
    }

    private static void put(World world, Random random, MemberName name) {
        boolean well = random.nextInt(3) > 0;
        var role = world.members.stream().anyMatch(member -> member.role == Role.LEARNER) || random.nextInt(5) > 0
                ? Role.VOTER
                : random.nextBoolean() ? Role.WITNESS : Role.LEARNER;
        var member = new Member(world.id(), name, role);
        member.started = well || world.pending().isPresent() || random.nextInt(4) > 0;
        member.lag = well ? 0 : random.nextInt(3_000);
        if (well || random.nextInt(4) > 0) {
            world.members.add(member);
        }
        if (well || random.nextInt(4) > 0) {
            var kept = role == Role.WITNESS ? Role.WITNESS : Role.VOTER;
            var volume = new Volume(name, VolumeUse.DATA, kept, world.uid(), 1L << random.nextInt(20, 40));
            volume.owner = member.started ? member.id : 0;
            volume.terminating = !well && random.nextInt(4) == 0;
            volume.retired = !well && random.nextInt(6) == 0;
            volume.clusterId = random.nextBoolean() ? Optional.of(World.CLUSTER_ID) : Optional.empty();
            world.volumes.put(VolumeUse.DATA.claim(name), volume);
        }
        if (well || random.nextInt(3) > 0) {
            var build = world.wanted.build(role);
            var pod = new Pod(name, world.uid(), build, world.now.minusSeconds(random.nextInt(900)));
            pod.hash = random.nextInt(3) == 0 ? "older" : build.hash();
            pod.running = well || random.nextBoolean();
            pod.terminating = !well && random.nextInt(4) == 0;
            pod.cordoned = random.nextInt(6) == 0;
            world.pods.put(name, pod);
        }
    }
}
