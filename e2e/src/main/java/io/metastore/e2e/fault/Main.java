package io.metastore.e2e.fault;

import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Faults for some minutes, in rounds of a fresh cluster each, and a report.
///
///     Main MINUTES SEED ENGINE FOLDER            the engine `etcd`, with -Dmetastore.program=/path/etcd: the real one
///
/// A seed decides the faults of all rounds, their lengths and what clients ask; when they are answered it
/// does not decide.
public final class Main {
    private static final int FAULTS_OF_A_ROUND = 6;
    private static final String ETCD = "etcd";

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var minutes = Double.parseDouble(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        var engine = arguments[2];
        var folder = Files.createDirectories(Path.of(arguments[3]).toAbsolutePath());
        System.exit(run(minutes, seed, engine, folder) ? 0 : 1);
    }

    private static boolean run(double minutes, long seed, String engine, Path folder)
            throws IOException, InterruptedException {
        boolean disks = Disk.possible(folder);
        System.out.println("repeat with SEED=" + seed + " ENGINE=" + engine);
        var report = new Report(engine, seed, disks);
        var flags = flags(engine);
        var faults = new Schedule(seed, disks);
        long end = System.nanoTime() + (long) (minutes * 60e9);
        for (int round = 0; System.nanoTime() < end; round++) {
            var own = Files.createTempDirectory(folder, "round-");
            var setting = new Node.Setting(ServerProgram.underTest(), flags, own);
            var plan = new Round.Plan(faults.next(FAULTS_OF_A_ROUND), round % 2 == 1);
            System.out.println("round " + round + ": " + plan);
            var outcome = new Round(seed + round).run(setting, disks, plan);
            report.add(round, outcome);
            if (outcome.violations().isEmpty()) {
                Folder.delete(own);
            } else {
                report.keep(own, outcome);
            }
        }
        return report.print();
    }

    /// Few entries between checkpoints, so that members which were away get one sent.
    private static List<String> flags(String engine) {
        return engine.equals(ETCD)
                ? List.of("--snapshot-count=1000")
                : List.of("--storage=" + engine, "--snapshot-count=1000", "--snapshot-catchup-entries=500");
    }
}
