package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three whole members, writers and readers at each, and one fault after the other: members that are cut off, deaf,
/// mute, slow, stopped and started again, and leaderships that move.
///
///     mvn verify -Dit.test=SimulationIT -Dseed=7 -Drounds=1000
///
/// The seed decides over the faults, not over what the operating system does meanwhile, so a failure need not come
/// again with its seed; it comes again with enough rounds.
class SimulationIT {
    private static final long SEED = 20_240_229;
    private static final int ROUNDS = 40;
    private static final int WRITES_A_ROUND = 60;
    private static final int READS_A_ROUND = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final long seed = Long.getLong("seed", SEED);
    private final Evidence evidence = new Evidence();
    private final List<String> faults = new ArrayList<>();

    @Test
    void whateverHappensNothingAcknowledgedIsLostOrDoubledAndNoReadGoesBack(@TempDir Path directory) throws Exception {
        try (var cluster = new TestCluster(directory, TestCluster.quick())) {
            var clients = new SimulatedClients(
                    evidence,
                    cluster.founders().stream().map(RaftStart.Founder::id).toList());
            cluster.members().forEach(clients::serves);
            clients.start();
            awaitFirstEntries(cluster);
            cause(new Faults(cluster, clients, new Random(seed)), clients);
            cluster.network.heal();
            awaitWork(clients);
            clients.stop();
            cluster.awaitEqual();

            System.out.printf(
                    "seed %d: %d writes, %d reads, %d refusals, %d stale without barrier, %s%n",
                    seed,
                    evidence.writes(),
                    clients.reads(),
                    clients.refusals(),
                    clients.staleWithoutBarrier(),
                    counts());
            assertThat(evidence.violations(cluster.histories())).as(story()).isEmpty();
            assertThat(clients.staleWithoutBarrier())
                    .as("this test can see stale reads")
                    .isPositive();
        }
    }

    private void cause(Faults next, SimulatedClients clients) throws Exception {
        for (int round = 0; round < Integer.getInteger("rounds", ROUNDS); round++) {
            faults.add(next.next());
            awaitWork(clients);
        }
    }

    /// Ratis does not count the vote of a member whose log is empty, since it may have lost its disk. So a cluster
    /// whose leader dies before its followers have an entry waits for that leader; later none needs another.
    private static void awaitFirstEntries(TestCluster cluster) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> cluster.members().stream().allMatch(member -> member.revision() > 1));
    }

    /// Faults are of interest while something is going on.
    private void awaitWork(SimulatedClients clients) {
        int writes = evidence.writes() + WRITES_A_ROUND;
        int reads = clients.reads() + READS_A_ROUND;
        Awaitility.await(story())
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> evidence.writes() >= writes && clients.reads() >= reads);
    }

    private String story() {
        return "seed " + seed + " after " + faults;
    }

    private Map<String, Long> counts() {
        return faults.stream()
                .collect(Collectors.groupingBy(
                        fault -> fault.substring(0, fault.lastIndexOf(' ')), Collectors.counting()));
    }
}
