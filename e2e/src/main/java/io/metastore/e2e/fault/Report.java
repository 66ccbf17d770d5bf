package io.metastore.e2e.fault;

import io.metastore.e2e.fault.Round.Happened;
import io.metastore.e2e.fault.Round.Outcome;
import io.metastore.e2e.history.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What came out of all rounds.
final class Report {
    private static final Map<Fault, Duration> GOALS =
            Map.of(Fault.KILL_LEADER, Duration.ofSeconds(2), Fault.TERMINATE_LEADER, Duration.ofMillis(500));

    private final String engine;
    private final long seed;
    private final boolean disks;
    private final Map<Fault, List<Duration>> pauses = new EnumMap<>(Fault.class);
    private final List<String> violations = new ArrayList<>();
    private int rounds;
    private int calls;
    private long lost;
    private int visits;
    private int watches;

    Report(String engine, long seed, boolean disks) {
        this.engine = engine;
        this.seed = seed;
        this.disks = disks;
    }

    void add(int round, Outcome outcome) {
        rounds++;
        visits += outcome.visits();
        var operations = outcome.history().operations();
        calls += operations.size();
        long unanswered = operations.stream().filter(Operation::lost).count();
        lost += unanswered;
        watches += outcome.history().watches().size();
        for (Happened happened : outcome.faults()) {
            pauses.computeIfAbsent(happened.fault(), _ -> new ArrayList<>()).add(happened.pause());
            System.out.println("  " + happened.fault() + ": writes paused for " + millis(happened.pause()));
        }
        System.out.printf("  %d calls, %d without an answer%n", operations.size(), unanswered);
        for (var violation : outcome.violations()) {
            violations.add("round " + round + ": " + violation);
            System.out.println("  VIOLATION " + violation);
        }
    }

    /// Leaves the history beside the members' logs.
    void keep(Path folder, Outcome outcome) throws IOException {
        var lines = outcome.history().operations().stream()
                .sorted(Comparator.comparingLong(Operation::start))
                .map(Operation::toString)
                .toList();
        Files.write(folder.resolve("history.txt"), lines);
        Files.write(
                folder.resolve("watches.txt"),
                outcome.history().watches().stream().map(Object::toString).toList());
        System.out.println("  kept in " + folder);
    }

    /// Whether all is well.
    boolean print() {
        int faults = pauses.values().stream().mapToInt(List::size).sum();
        System.out.printf("%nengine %s, seed %d: %d faults in %d rounds%n", engine, seed, faults, rounds);
        pauses.forEach((fault, times) -> System.out.println(line(fault, times)));
        System.out.println("  a member came, voted and went " + visits + " times meanwhile");
        if (!disks) {
            System.out.println("left out, since only root can mount: SLOW_DISK, FULL_DISK");
        }
        System.out.printf("%d calls, %d of them without an answer; %d watches%n", calls, lost, watches);
        System.out.println(
                violations.isEmpty()
                        ? "acknowledged writes lost: 0, stale linearizable reads: 0, watch violations: 0; HashKV is"
                                + " equal on all members"
                        : violations.size() + " VIOLATIONS:");
        violations.forEach(violation -> System.out.println("  " + violation));
        return violations.isEmpty() && faults > 0;
    }

    private static String line(Fault fault, List<Duration> times) {
        var sorted = times.stream().sorted().toList();
        var line = "  %-22s %3d   writes paused for %s at most, %s in the middle"
                .formatted(fault, times.size(), millis(sorted.getLast()), millis(sorted.get(sorted.size() / 2)));
        var goal = GOALS.get(fault);
        if (goal == null) {
            return line;
        }
        long within = times.stream().filter(time -> time.compareTo(goal) <= 0).count();
        return line + "; within the goal of " + millis(goal) + ": " + within + " of " + times.size();
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
