package io.metastore.e2e.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.e2e.check.Verdict.Linearizable;
import io.metastore.e2e.check.Verdict.Violated;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Random histories of simulated stores: those of a healthy one are right, and each defect is found.
class SimulatedHistoryTest {
    private static final int RUNS = 10;
    private static final int CLIENTS = 6;
    private static final int CALLS = 600;
    private static final double LOST = 0.05;

    private final Random seeds = new Random(Long.getLong("seed", 1));

    @Test
    void historiesOfAHealthyStoreAreRight() {
        for (int run = 0; run < 3 * RUNS; run++) {
            long seed = seeds.nextLong();
            var simulation = new Simulation(seed, Defect.NONE, LOST);
            var history = simulation.run(CLIENTS, CALLS);

            assertThat(Linearizability.check(history)).as("seed " + seed).isInstanceOf(Linearizable.class);
            assertThat(Linearizability.check(history, simulation.persisted()))
                    .as("with a watch, seed " + seed)
                    .isInstanceOf(Linearizable.class);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void eachDefectIsFound(Defect defect) {
        int shown = 0;
        int foundWithoutWatch = 0;
        for (int run = 0; run < RUNS; run++) {
            long seed = seeds.nextLong();
            var simulation = new Simulation(seed, defect, LOST);
            var history = simulation.run(CLIENTS, CALLS);
            if (simulation.shown()) {
                shown++;
                foundWithoutWatch += Linearizability.check(history) instanceof Violated ? 1 : 0;
                assertThat(Linearizability.check(history, simulation.persisted()))
                        .as("seed " + seed)
                        .isInstanceOf(Violated.class);
            }
        }
        assertThat(shown).as("runs in which the defect has shown").isPositive();
        // Without a watch a change too many may pass for a lost call, when nobody reads its key in time.
        assertThat(foundWithoutWatch).isGreaterThan(shown / 2);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void tenThousandCallsOfTwentyClientsAreCheckedInLessThanAMinute() {
        var history = new Simulation(seeds.nextLong(), Defect.NONE, LOST).run(20, 10_000);

        assertThat(Linearizability.check(history)).isInstanceOf(Linearizable.class);
    }
}
