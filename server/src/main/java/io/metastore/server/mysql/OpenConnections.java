package io.metastore.server.mysql;

import io.metastore.server.mysql.sql.Cancellation;
import io.metastore.server.mysql.sql.Surroundings;
import io.metastore.server.mysql.sql.Surroundings.Connected;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The connections that are open, by their numbers, and how many there may be.
final class OpenConnections implements Surroundings.Connections {
    private final Map<Integer, Entry> open = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private final AtomicLong asked = new AtomicLong();
    private final long started = System.nanoTime();
    private final int most;

    OpenConnections(int most) {
        this.most = most;
    }

    /// One of them; who it is, is known after the login.
    record Entry(Optional<Connected> who, Cancellation cancellation, Runnable close) {}

    /// The number of the new one; nothing when there are enough.
    Optional<Integer> add(Cancellation cancellation, Runnable close) {
        int id = last.updateAndGet(before -> before == Integer.MAX_VALUE ? 1 : before + 1);
        open.put(id, new Entry(Optional.empty(), cancellation, close));
        if (open.size() > most) {
            open.remove(id);
            return Optional.empty();
        }
        return Optional.of(id);
    }

    void loggedIn(int id, String user, String host) {
        open.computeIfPresent(
                id,
                (_, entry) ->
                        new Entry(Optional.of(new Connected(id, user, host)), entry.cancellation(), entry.close()));
    }

    void remove(int id) {
        open.remove(id);
    }

    void closeAll() {
        open.values().forEach(entry -> {
            entry.cancellation().killConnection();
            entry.close().run();
        });
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    @Override
    public List<Connected> all() {
        return open.values().stream().flatMap(entry -> entry.who().stream()).toList();
    }

    @Override
    public boolean kill(int id, boolean statementOnly) {
        var entry = open.get(id);
        if (entry == null) {
            return false;
        }
        if (statementOnly) {
            entry.cancellation().killStatement();
        } else {
            entry.cancellation().killConnection();
            entry.close().run();
        }
        return true;
    }

    @Override
    public void asked() {
        asked.incrementAndGet();
    }

    @Override
    public Surroundings.Figures figures() {
        return new Surroundings.Figures(Duration.ofNanos(System.nanoTime() - started), all().size(), asked.get());
    }
}
