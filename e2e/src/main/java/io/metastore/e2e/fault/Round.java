package io.metastore.e2e.fault;

import io.metastore.e2e.check.Linearizability;
import io.metastore.e2e.check.Verdict;
import io.metastore.e2e.check.WatchCheck;
import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.History;
import io.metastore.e2e.history.Keys;
import io.metastore.e2e.history.Operation;
import io.metastore.e2e.history.Watch;
import io.metastore.e2e.model.Past;
import io.metastore.e2e.traffic.Traffic;
import io.metastore.e2e.wire.Client;
import io.metastore.e2e.wire.MemberView.Hash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A fresh cluster under load, some faults one after the other, calm, and the checks.
final class Round {
    /// One fault, as it went.
    ///
    /// @param pause the longest time without an acknowledged write, from its beginning until writes had
    ///     gone on
    record Happened(Incident incident, Duration pause) {}

    /// What came out.
    ///
    /// @param violations one sentence each, the calls below it
    record Outcome(List<Happened> happened, List<String> violations, History history) {}

    /// What shall happen.
    ///
    /// @param end in nanoseconds of this JVM's clock: what has not begun by then does not happen
    record Plan(List<Incident> incidents, long end) {}

    private static final int CLIENTS = 12;
    private static final long SOME_WRITES = 50;
    private static final int REPORTED = 5;

    private final History history = new History();
    private final List<Happened> happened = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final long seed;

    /// @param seed decides what clients ask and how long each fault lasts
    Round(long seed) {
        this.seed = seed;
    }

    Outcome run(Node.Setting setting, Means means, Plan plan) throws InterruptedException {
        try (var cluster = Cluster.start(setting, means);
                var traffic = Traffic.start(cluster.endpoints(), CLIENTS, history, seed)) {
            awaitWrites(0);
            inject(cluster, plan);
            traffic.quiet();
            calm(cluster, traffic);
        } catch (Broken | IllegalStateException e) {
            violations.add(String.valueOf(e.getMessage()));
        }
        check();
        return new Outcome(List.copyOf(happened), List.copyOf(violations), history);
    }

    private void inject(Cluster cluster, Plan plan) throws InterruptedException {
        var injector = new Injector(cluster, new Random(seed));
        for (var incident : plan.incidents()) {
            if (System.nanoTime() - plan.end() >= 0) {
                return;
            }
            long begun = history.now();
            var found = injector.inject(incident);
            awaitWrites(history.now());
            happened.add(new Happened(found, Duration.ofNanos(history.longestPause(begun, history.now()))));
        }
    }

    private void awaitWrites(long since) throws InterruptedException {
        Cluster.await("a number of writes", () -> history.writesSince(since) >= SOME_WRITES);
    }

    /// All leases end, all members tell the same, and all watchers hear of everything.
    private void calm(Cluster cluster, Traffic traffic) throws InterruptedException {
        try (var client = new Client(CLIENTS, cluster.endpoints(), history)) {
            Cluster.await("the end of all leases", () -> noneLeased(client.ask(Call.Range.of(Keys.ALL))));
        }
        long revision = 0;
        for (var node : cluster.founders()) {
            revision = Math.max(revision, lastRead(node));
        }
        long last = revision;
        var hashes = new HashMap<String, Hash>();
        for (var node : cluster.founders()) {
            Cluster.await("a hash of " + node.name(), () -> {
                cluster.ask(node, view -> view.hashAt(last)).ifPresent(hash -> hashes.put(node.name(), hash));
                return hashes.containsKey(node.name());
            });
        }
        if (hashes.values().stream().distinct().count() > 1) {
            violations.add("members differ: " + hashes);
        }
        for (var watcher : traffic.watchers()) {
            Cluster.await("revision " + last + " on " + watcher.name(), () -> watcher.next() > last);
        }
    }

    private static boolean noneLeased(Answer answer) {
        return answer instanceof Answer.Done done
                && done.results().getFirst().rows().stream().allMatch(row -> row.lease() == 0);
    }

    /// A read of all keys through one member, as a call of the history.
    private long lastRead(Node node) throws InterruptedException {
        var revision = new ArrayList<Long>();
        try (var client = new Client(CLIENTS, List.of(node.endpoint()), history)) {
            Cluster.await("a read through " + node.name(), () -> {
                if (client.ask(Call.Range.of(Keys.ALL)) instanceof Answer.Done done) {
                    revision.add(done.revision());
                }
                return !revision.isEmpty();
            });
        }
        return revision.getFirst();
    }

    private void check() {
        var operations = history.operations();
        switch (Linearizability.check(operations, persisted())) {
            case Verdict.Linearizable verdict -> checkWatches(verdict.past(), compacted(operations));
            case Verdict.Violated violated -> violations.add("not linearizable: " + violated);
            case Verdict.Undecided undecided ->
                violations.add("not decided whether it is linearizable, after " + undecided.steps() + " steps");
        }
    }

    private void checkWatches(Past past, long compacted) {
        history.watches().stream()
                .flatMap(watch -> WatchCheck.violations(watch, past, compacted).stream())
                .limit(REPORTED)
                .forEach(violation -> violations.add("watch: " + violation));
    }

    private static long compacted(List<Operation> operations) {
        return operations.stream()
                .filter(operation -> !(operation.answer() instanceof Answer.Refused))
                .mapToLong(operation -> operation.call() instanceof Call.Compact(long revision) ? revision : 0)
                .max()
                .orElse(0);
    }

    /// The changes of each revision, as watches of all keys tell them.
    private Map<Long, List<Event>> persisted() {
        var revisions = new HashMap<Long, List<Event>>();
        for (var watch : history.watches()) {
            if (watch.asked().keys().equals(Keys.ALL)) {
                watch.told().stream()
                        .flatMap(told -> told instanceof Watch.Events events
                                ? Optional.of(events).stream()
                                : Optional.<Watch.Events>empty().stream())
                        .forEach(events -> byRevision(events).forEach(revisions::putIfAbsent));
            }
        }
        return revisions;
    }

    private static Map<Long, List<Event>> byRevision(Watch.Events events) {
        var revisions = new HashMap<Long, List<Event>>();
        events.events()
                .forEach(event -> revisions
                        .computeIfAbsent(event.row().mod(), _ -> new ArrayList<>())
                        .add(event));
        return revisions;
    }
}
