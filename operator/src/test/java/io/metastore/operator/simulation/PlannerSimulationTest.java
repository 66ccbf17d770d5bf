package io.metastore.operator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.operator.observe.Observed;
import io.metastore.operator.plan.Plan;
import io.metastore.operator.plan.Plan.Activity;
import io.metastore.operator.plan.Planner;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Clusters under the operator's hand while things go wrong: nothing that it does by itself may hurt,
/// and when the trouble is over every cluster is as wanted in the end.
class PlannerSimulationTest {
    private static final long SEED = Long.getLong("seed", 20261123);
    private static final int CLUSTERS = Integer.getInteger("clusters", 320);
    private static final int EVENTS = 60;
    private static final int LONG_ENOUGH = 400;

    @Test
    void whateverHappensTheOperatorHurtsNobodyAndEveryClusterIsAsWantedInTheEnd() {
        long plans = 0;
        for (int i = 0; i < CLUSTERS; i++) {
            plans += new Life(SEED + i).live();
        }
        assertThat(plans).isGreaterThan(20_000);
        System.out.println("seed " + SEED + ": " + CLUSTERS + " clusters, " + plans + " plans");
    }

    /// One cluster from its beginning.
    private static final class Life {
        private final long seed;
        private final Random random;
        private final World world;
        private final Kubelet kubelet;
        private final Hands hands;
        private final Judge judge;
        private final Chance chance;
        private long plans;

        Life(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            var shape = Specs.any(random);
            this.world = new World(shape.wanted());
            this.kubelet = new Kubelet(world);
            this.hands = new Hands(world);
            this.judge = new Judge(world);
            this.chance = new Chance(world, random, shape);
        }

        long live() {
            Observed earlier = world.observe();
            for (int event = 0; event < EVENTS; event++) {
                if (random.nextInt(3) == 0) {
                    chance.strike();
                }
                if (random.nextInt(10) == 0) {
                    // Another operator that has not noticed what happened since.
                    carryOut(Planner.plan(world.wanted, earlier));
                }
                earlier = world.observe();
                pass();
                if (random.nextBoolean()) {
                    kubelet.tick();
                }
            }
            chance.calm();
            settle();
            return plans;
        }

        private void settle() {
            Plan last = null;
            for (int i = 0; i < LONG_ENOUGH; i++) {
                last = pass();
                if (last.activity() == Activity.RESTING && last.steps().isEmpty()) {
                    assertAsWanted();
                    return;
                }
                kubelet.tick();
            }
            throw new AssertionError("seed " + seed + ": not as wanted after " + LONG_ENOUGH
                    + " looks, the last plan is " + last + "\nwanted " + world.wanted + "\nin " + world.observe());
        }

        private Plan pass() {
            var observed = world.observe();
            var plan = Planner.plan(world.wanted, observed);
            plans++;
            assertThat(judge.objection(plan)).as("seed %d, %s", seed, observed).isEmpty();
            if (world.recordedId.isEmpty()) {
                world.recordedId = observed.clusterIds().stream().findFirst();
            }
            carryOut(plan);
            return plan;
        }

        /// Now and then the operator dies in the middle.
        private void carryOut(Plan plan) {
            for (var step : plan.steps()) {
                if (random.nextInt(20) == 0) {
                    return;
                }
                hands.carryOut(step);
            }
        }

        private void assertAsWanted() {
            var wanted = world.wanted;
            assertThat(world.members)
                    .as("seed %d", seed)
                    .hasSize(wanted.members() + (wanted.witness() ? 1 : 0))
                    .allMatch(world::isUp);
            assertThat(world.pods.values())
                    .as("seed %d", seed)
                    .hasSameSizeAs(world.members)
                    .allMatch(pod ->
                            pod.hash.equals(wanted.build(world.member(pod.name).orElseThrow().role)
                                    .hash()));
        }
    }
}
