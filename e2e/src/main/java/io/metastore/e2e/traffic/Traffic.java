package io.metastore.e2e.traffic;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.History;
import io.metastore.e2e.history.Keys;
import io.metastore.e2e.history.Watch.Asked;
import io.metastore.e2e.wire.Client;
import io.metastore.e2e.wire.Watcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Clients and watchers, until it is told to stop.
public final class Traffic implements AutoCloseable {
    private static final long PAUSE_MILLIS = 25;
    private static final long PAUSE_AFTER_LOSS_MILLIS = 40;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> clients = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();

    private Traffic() {}

    /// Begins.
    ///
    /// @param clients how many ask; every third asks as Kubernetes does
    /// @param seed decides what they ask, not when they are answered
    public static Traffic start(List<String> endpoints, int clients, History history, long seed) {
        var traffic = new Traffic();
        for (int i = 0; i < clients; i++) {
            var random = new Random(seed * 31 + i);
            var load = i % 3 == 2 ? new KubernetesLoad(i, random) : new EtcdLoad(i, random);
            var client = new Client(i, endpoints, history);
            traffic.clients.add(Thread.ofPlatform().name("client " + i).start(() -> traffic.run(client, load, random)));
        }
        traffic.watch(endpoints, history);
        return traffic;
    }

    /// Stops the clients, not the watchers, and waits for their last answers.
    public void quiet() {
        stopped.set(true);
        clients.forEach(Traffic::join);
    }

    /// The watchers, which may still be behind.
    public List<Watcher> watchers() {
        return List.copyOf(watchers);
    }

    @Override
    public void close() {
        quiet();
        watchers.forEach(Watcher::close);
    }

    private void watch(List<String> endpoints, History history) {
        var kinds = List.of(
                new Asked(Keys.ALL, 1, true, true, true),
                new Asked(Keys.ALL, 1, false, true, true),
                new Asked(Keys.prefix("registry/"), 0, true, true, true),
                new Asked(Keys.one("etcd/1"), 0, true, true, true),
                new Asked(Keys.prefix("etcd/"), 1, false, false, true),
                new Asked(Keys.prefix("etcd/"), 1, false, true, false));
        for (int i = 0; i < kinds.size(); i++) {
            var rotated = new ArrayList<>(endpoints);
            Collections.rotate(rotated, i);
            watchers.add(Watcher.start("watcher " + i, kinds.get(i), rotated, history));
        }
    }

    private void run(Client client, Load load, Random random) {
        try (client) {
            while (!stopped.get()) {
                var call = load.next();
                var answer = client.ask(call);
                load.told(call, answer);
                long pause =
                        answer instanceof Answer.Lost ? PAUSE_AFTER_LOSS_MILLIS : random.nextLong(2 * PAUSE_MILLIS);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + thread.getName() + " ends", e);
        }
    }
}
