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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What came out of all rounds.
final class Report {
    private static final Map<Incident, Duration> GOALS = Map.of(
            Incident.alone(Fault.KILL_LEADER), Duration.ofSeconds(2),
            Incident.alone(Fault.TERMINATE_LEADER), Duration.ofMillis(500));

    private final String engine;
    private final long seed;
    private final Means means;
    private final Map<Incident, List<Duration>> pauses =
            new TreeMap<>(Comparator.comparing(Incident::membersChange).thenComparing(Incident::fault));
    private final List<String> violations = new ArrayList<>();
    private int rounds;
    private int calls;
    private long lost;
    private int watches;

    Report(String engine, long seed, Means means) {
        this.engine = engine;
        this.seed = seed;
        this.means = means;
    }

    void add(int round, Outcome outcome) {
        rounds++;
        var operations = outcome.history().operations();
        calls += operations.size();
        long unanswered = operations.stream().filter(Operation::lost).count();
        lost += unanswered;
        watches += outcome.history().watches().size();
        for (Happened happened : outcome.happened()) {
            pauses.computeIfAbsent(happened.incident(), _ -> new ArrayList<>()).add(happened.pause());
            System.out.println("  " + happened.incident() + ": writes paused for " + millis(happened.pause()));
        }
        System.out.printf("  %d calls, %d without an answer%n", operations.size(), unanswered);
        for (var violation : outcome.violations()) {
            violations.add("round " + round + ": " + violation);
            System.out.println("  VIOLATION " + violation);
        }
    }

    /// The kinds of which there was at least one.
    Set<Incident> happened() {
        return pauses.keySet();
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
        int incidents = pauses.values().stream().mapToInt(List::size).sum();
        long faults = pauses.entrySet().stream()
                .mapToLong(
                        kind -> (long) kind.getKey().faults() * kind.getValue().size())
                .sum();
        System.out.printf(
                "%nengine %s, seed %d: %d faults in %d incidents and %d rounds%n",
                engine, seed, faults, incidents, rounds);
        pauses.forEach((incident, times) -> System.out.println(line(incident, times)));
        means.leftOut().forEach(System.out::println);
        System.out.printf("%d calls, %d of them without an answer; %d watches%n", calls, lost, watches);
        System.out.println(
                violations.isEmpty()
                        ? "acknowledged writes lost: 0, stale linearizable reads: 0, watch violations: 0; HashKV is"
                                + " equal on all members"
                        : violations.size() + " VIOLATIONS:");
        violations.forEach(violation -> System.out.println("  " + violation));
        return violations.isEmpty() && incidents > 0;
    }

    private static String line(Incident incident, List<Duration> times) {
        var sorted = times.stream().sorted().toList();
        var line = "  %-31s %3d   writes paused for %s at most, %s in the middle"
                .formatted(incident, times.size(), millis(sorted.getLast()), millis(sorted.get(sorted.size() / 2)));
        var goal = GOALS.get(incident);
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
