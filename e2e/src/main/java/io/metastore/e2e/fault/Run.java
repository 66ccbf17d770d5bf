package io.metastore.e2e.fault;

import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;

/// Rounds on one engine, one after the other, until the time is over.
///
/// @param engine `rocksdb`, `memory`, or `etcd`: the real one
/// @param seed decides the lengths of all faults and what clients ask
/// @param folder for the members' data
record Run(String engine, long seed, Path folder, Means means) {
    private static final String ETCD = "etcd";
    private static final int INCIDENTS_OF_A_ROUND = 6;

    static Run of(String engine, long seed, Path folder) {
        return new Run(engine, seed, folder, Means.found(folder, !engine.equals(ETCD)));
    }

    /// @param time in which incidents begin
    /// @param next as many of what shall happen next as are asked for
    Report go(Duration time, IntFunction<List<Incident>> next) throws IOException, InterruptedException {
        System.out.println("repeat with SEED=" + seed + " ENGINE=" + engine);
        var report = new Report(engine, seed, means);
        long end = System.nanoTime() + time.toNanos();
        for (int round = 0; System.nanoTime() - end < 0; round++) {
            var own = Files.createTempDirectory(folder, "round-");
            var setting = new Node.Setting(ServerProgram.underTest(), flags(), own);
            var plan = new Round.Plan(next.apply(INCIDENTS_OF_A_ROUND), end);
            System.out.println("round " + round + ": " + plan.incidents());
            var outcome = new Round(seed + round).run(setting, means, plan);
            report.add(round, outcome);
            if (outcome.violations().isEmpty()) {
                Folder.delete(own);
            } else {
                report.keep(own, outcome);
            }
        }
        return report;
    }

    /// Few entries between checkpoints, so that members which were away get one sent.
    private List<String> flags() {
        return engine.equals(ETCD)
                ? List.of("--snapshot-count=1000")
                : List.of("--storage=" + engine, "--snapshot-count=1000", "--snapshot-catchup-entries=500");
    }
}
