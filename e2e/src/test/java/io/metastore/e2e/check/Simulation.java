package io.metastore.e2e.check;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Compare;
import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.Keys;
import io.metastore.e2e.history.Operation;
import io.metastore.e2e.history.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Clients of a simulated store, in one thread and in simulated time. Each call takes effect at some moment
/// between its start and its end; some answers are lost, and then the call takes effect, or does so much
/// later, or never.
final class Simulation {
    private static final int KEYS = 8;
    private static final long CALL = TimeUnit.MILLISECONDS.toNanos(4);
    private static final long LEASE_SECONDS = 1;

    /// A call on its way to the store.
    ///
    /// @param end when the client has its answer; the greatest number when the answer is lost
    private record Arrival(long at, int client, long start, long end, Call call) {
        boolean lost() {
            return end == Long.MAX_VALUE;
        }
    }

    private final Random random;
    private final FaultyStore store;
    private final double lost;
    private final PriorityQueue<Arrival> arrivals = new PriorityQueue<>(Comparator.comparingLong(Arrival::at));
    private final List<Operation> history = new ArrayList<>();
    private final Map<String, Row> rows = new HashMap<>();
    private final List<Long> leases = new ArrayList<>();
    private int values;

    /// @param lost which part of the answers is lost
    Simulation(long seed, Defect defect, double lost) {
        random = new Random(seed);
        store = new FaultyStore(defect, random, 150);
        this.lost = lost;
    }

    /// Whether the defect has shown; a run may be too short for it.
    boolean shown() {
        return store.shown();
    }

    /// What a watch of all keys would have told.
    Map<Long, List<Event>> persisted() {
        return store.persisted();
    }

    List<Operation> run(int clients, int calls) {
        for (int client = 0; client < clients; client++) {
            ask(client, 0);
        }
        while (history.size() < calls) {
            arrive(arrivals.remove());
        }
        return List.copyOf(history);
    }

    private void ask(int client, long now) {
        long start = now + 1 + random.nextLong(CALL);
        long arrival = start + 1 + random.nextLong(CALL);
        if (random.nextDouble() >= lost) {
            arrivals.add(new Arrival(arrival, client, start, arrival + 1 + random.nextLong(CALL), call()));
            return;
        }
        long late = switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> random.nextLong(100 * CALL);
            default -> Long.MAX_VALUE / 2;
        };
        var call = call();
        arrivals.add(new Arrival(arrival + late, client, start, Long.MAX_VALUE, call));
        history.add(new Operation(client, "m0", start, arrival, call, new Answer.Lost("simulated")));
        ask(client, arrival);
    }

    private void arrive(Arrival arrival) {
        var answer = store.apply(arrival.call(), !arrival.lost());
        if (arrival.lost()) {
            return;
        }
        history.add(new Operation(arrival.client(), "m0", arrival.start(), arrival.end(), arrival.call(), answer));
        if (answer instanceof Answer.Done done) {
            learn(arrival.call(), done, arrival.at());
        }
        ask(arrival.client(), arrival.end());
    }

    private void learn(Call call, Answer.Done done, long now) {
        if (call instanceof Call.Grant(long lease, long seconds)) {
            leases.add(lease);
            long end = now + TimeUnit.SECONDS.toNanos(seconds) + random.nextLong(CALL);
            arrivals.add(new Arrival(end, -1, end, Long.MAX_VALUE, new Call.Revoke(lease)));
        }
        for (var lease : leases) {
            if (store.endsEarly(lease)) {
                arrivals.add(new Arrival(now, -1, now, Long.MAX_VALUE, new Call.Revoke(lease)));
            }
        }
        for (Result result : done.results()) {
            result.rows().forEach(row -> rows.put(row.key(), row));
        }
    }

    private Call call() {
        var key = "key-" + random.nextInt(KEYS);
        var value = "v" + values++;
        var read = Call.Range.of(Keys.one(key));
        return switch (random.nextInt(16)) {
            case 0, 1 -> new Call.Put(key, value, 0, random.nextBoolean());
            case 2, 3 -> read;
            case 4 -> Call.Range.of(Keys.prefix("key-"));
            case 5 -> new Call.Range(Keys.prefix("key-"), 0, 3, false);
            case 6 -> new Call.Range(Keys.ALL, 0, 0, true);
            case 7 -> new Call.Range(Keys.one(key), Math.max(1, store.revision() - random.nextInt(60)), 0, false);
            case 8 -> new Call.Delete(Keys.one(key), random.nextBoolean());
            case 9, 10 ->
                new Call.Txn(List.of(Compare.modIs(key, mod(key))), List.of(Call.Put.of(key, value)), List.of(read));
            case 11 ->
                new Call.Txn(List.of(), List.of(Call.Put.of("key-a", value), Call.Put.of("key-b", value)), List.of());
            case 12 -> random.nextInt(4) == 0 ? new Call.Grant(1000 + values, LEASE_SECONDS) : read;
            case 13 -> leases.isEmpty() ? read : new Call.Put(key, value, leases.getLast(), false);
            case 14 ->
                leases.isEmpty()
                        ? read
                        : random.nextBoolean()
                                ? new Call.Revoke(leases.getLast())
                                : new Call.KeepAlive(leases.getLast());
            default -> random.nextInt(8) == 0 ? new Call.Compact(Math.max(1, store.revision() - 30)) : read;
        };
    }

    private long mod(String key) {
        var row = rows.get(key);
        return row == null ? 0 : row.mod();
    }
}
