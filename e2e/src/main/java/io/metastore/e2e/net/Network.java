package io.metastore.e2e.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// All ways between members, and what happens on them. What does not come from a member is never disturbed.
public final class Network implements AutoCloseable {
    /// One direction.
    private record Way(String from, String to) {}

    private final Map<Way, Condition> disturbed = new HashMap<>();
    private final List<Proxy> proxies = new ArrayList<>();
    private final Callers callers;

    /// @param members the names of those that run now, by the ids of their processes
    public Network(Supplier<Map<Long, String>> members) {
        callers = new Callers(members);
    }

    /// Opens a port through which a member is reached by the others; returns it.
    ///
    /// @param port where the member listens
    public synchronized int proxy(String member, int port) throws IOException {
        var proxy = new Proxy(this, member, port, callers);
        proxies.add(proxy);
        return proxy.port();
    }

    public synchronized void set(String from, String to, Condition condition) {
        disturbed.put(new Way(from, to), condition);
        notifyAll();
    }

    /// Opens all ways.
    public synchronized void heal() {
        disturbed.clear();
        notifyAll();
    }

    /// Closes one end of each connection between two members; the other end never hears of it.
    public void halfOpen(String one, String other) {
        List<Proxy> all;
        synchronized (this) {
            all = List.copyOf(proxies);
        }
        all.forEach(proxy -> proxy.halfOpen(one, other));
    }

    @Override
    public void close() {
        List<Proxy> all;
        synchronized (this) {
            all = List.copyOf(proxies);
        }
        all.forEach(Proxy::close);
        heal();
    }

    synchronized Condition condition(String from, String to) {
        return disturbed.getOrDefault(new Way(from, to), new Condition.Open());
    }

    /// Waits while the way is held; returns how it is then.
    synchronized Condition awaitNotHeld(String from, String to) throws InterruptedException {
        var condition = condition(from, to);
        while (condition instanceof Condition.Held) {
            TimeUnit.SECONDS.timedWait(this, 1);
            condition = condition(from, to);
        }
        return condition;
    }
}
