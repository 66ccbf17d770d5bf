package io.metastore.e2e.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/// Faults for some minutes, in rounds of a fresh cluster each, and a report.
///
///     Main MINUTES SEED ENGINE FOLDER            the engine `etcd`, with -Dmetastore.program=/path/etcd: the real one
///     Main MINUTES SEED ENGINE FOLDER KILL_ALL CLOCK_JUMP+   only these; plus: while members change
///
/// A seed decides the faults of all rounds, their lengths and what clients ask; when they are answered it
/// does not decide.
public final class Main {
    private static final String WHILE_MEMBERS_CHANGE = "+";

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Files.createDirectories(Path.of(arguments[3]).toAbsolutePath());
        var run = Run.of(arguments[2], Long.parseLong(arguments[1]), folder);
        var only = Arrays.stream(arguments).skip(4).map(Main::incident).toList();
        var report = run.go(minutes(arguments[0]), only.isEmpty() ? all(run) : Schedule.repeated(only));
        System.exit(report.print() ? 0 : 1);
    }

    static Duration minutes(String text) {
        return Duration.ofMillis((long) (Double.parseDouble(text) * 60_000));
    }

    private static IntFunction<List<Incident>> all(Run run) {
        return new Schedule(run.seed(), run.means().faults())::next;
    }

    private static Incident incident(String text) {
        return text.endsWith(WHILE_MEMBERS_CHANGE)
                ? Incident.whileMembersChange(Fault.valueOf(text.substring(0, text.length() - 1)))
                : Incident.alone(Fault.valueOf(text));
    }
}
