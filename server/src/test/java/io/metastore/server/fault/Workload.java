package io.metastore.server.fault;

import io.metastore.server.fault.Operation.Answer;
import io.metastore.server.fault.Operation.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Several clients that put, swap and read a few keys as fast as they are answered, until the workload is closed. Few
/// keys make many meetings; unique values make each write recognisable.
final class Workload implements AutoCloseable {
    private static final int KEYS = 5;
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(10);

    private final History history;
    private final String name;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> clients = new ArrayList<>();

    private Workload(History history, String name) {
        this.history = history;
        this.name = name;
    }

    /// @param name begins all values, so it must differ between the workloads of one history
    /// @param seed decides what each client asks
    static Workload start(List<String> endpoints, int clients, History history, String name, long seed) {
        var workload = new Workload(history, name);
        for (int i = 0; i < clients; i++) {
            int client = i;
            workload.clients.add(Thread.ofPlatform()
                    .name("client " + client)
                    .start(() -> workload.run(endpoints, client, new Random(seed + client))));
        }
        return workload;
    }

    /// Stops the clients and waits for their last answers.
    @Override
    public void close() {
        stopped.set(true);
        for (var client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while clients end", e);
            }
        }
    }

    private void run(List<String> endpoints, int client, Random random) {
        var known = new HashMap<String, Long>();
        try (var connection = new Client(endpoints, client)) {
            for (int count = 0; !stopped.get(); count++) {
                var call = call(random, known, name + "-" + client + "-" + count);
                long start = System.nanoTime();
                var answer = connection.ask(call);
                history.add(new Operation(client, start, System.nanoTime(), call, answer));
                learn(known, call, answer);
            }
        }
    }

    private static Call call(Random random, Map<String, Long> known, String value) {
        var key = "key-" + random.nextInt(KEYS);
        return switch (random.nextInt(4)) {
            case 0 -> new Call.Put(key, value);
            case 1, 2 -> new Call.Swap(key, known.getOrDefault(key, 0L), value);
            default -> new Call.Read(key);
        };
    }

    private static void learn(Map<String, Long> known, Call call, Answer answer) {
        switch (answer) {
            case Answer.Written(long revision) -> known.put(call.key(), revision);
            case Answer.Seen(long _, Version version) -> known.put(call.key(), version.modRevision());
            case Answer.Lost() -> LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
        }
    }
}
