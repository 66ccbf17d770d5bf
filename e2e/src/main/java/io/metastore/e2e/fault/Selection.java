package io.metastore.e2e.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// What every change must pass: half of the time on each engine, and each fault once at least on one
/// of them; after that, as many as there is time for of those that come while members change.
///
///     Selection MINUTES SEED FOLDER
public final class Selection {
    private static final List<String> ENGINES = List.of("rocksdb", "memory");

    /// How long the last round takes from the end of its faults, about.
    private static final Duration CALM = Duration.ofSeconds(20);

    private Selection() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var half = Main.minutes(arguments[0]).dividedBy(ENGINES.size()).minus(CALM);
        long seed = Long.parseLong(arguments[1]);
        var folder = Files.createDirectories(Path.of(arguments[2]).toAbsolutePath());
        System.exit(run(half, seed, folder) ? 0 : 1);
    }

    private static boolean run(Duration time, long seed, Path folder) throws IOException, InterruptedException {
        var reports = new ArrayList<Report>();
        var missing = new HashSet<Fault>();
        for (int i = 0; i < ENGINES.size(); i++) {
            var run = Run.of(ENGINES.get(i), seed, folder);
            var share = share(i, ENGINES.size(), seed, run.means().faults());
            missing.addAll(run.means().faults());
            reports.add(run.go(time, Schedule.repeated(share)));
        }
        boolean well = true;
        for (var report : reports) {
            well &= report.print();
            report.happened().forEach(incident -> missing.remove(incident.fault()));
        }
        if (!missing.isEmpty()) {
            System.out.println("there was no time for " + missing);
        }
        return well && missing.isEmpty();
    }

    /// Every so manieth of all faults in a random order, and then of those while members change:
    /// first of the faults that the other engines have alone.
    static List<Incident> share(int part, int parts, long seed, List<Fault> faults) {
        var shuffled = new ArrayList<>(Schedule.incidents(faults));
        Collections.shuffle(shuffled, new Random(seed));
        Predicate<Incident> changing = Incident::membersChange;
        var alone = shuffled.stream().filter(changing.negate()).toList();
        var own = every(parts, part, alone);
        var rest = new ArrayList<>(shuffled.stream().filter(changing).toList());
        rest.sort(Comparator.comparing(incident -> own.contains(Incident.alone(incident.fault()))));
        var all = new ArrayList<>(own);
        all.addAll(rest);
        return all;
    }

    private static List<Incident> every(int step, int first, List<Incident> all) {
        return IntStream.range(0, all.size())
                .filter(i -> i % step == first)
                .mapToObj(all::get)
                .toList();
    }
}
