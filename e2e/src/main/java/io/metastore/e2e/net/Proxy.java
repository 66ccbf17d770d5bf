package io.metastore.e2e.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The port of one member for the others.
final class Proxy implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final Network network;
    private final String member;
    private final int target;
    private final Callers callers;
    private final ServerSocket listener;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();

    Proxy(Network network, String member, int target, Callers callers) throws IOException {
        this.network = network;
        this.member = member;
        this.target = target;
        this.callers = callers;
        listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("proxy of " + member).start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void halfOpen(String one, String other) {
        passages.stream().filter(passage -> passage.isBetween(one, other)).forEach(Passage::loseCaller);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the proxy of " + member, e);
        }
        passages.forEach(Passage::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var caller = listener.accept();
                Thread.ofVirtual().name("passage to " + member).start(() -> pass(caller));
            } catch (IOException _) {
                // Closed, or the caller is gone already.
            }
        }
    }

    private void pass(Socket caller) {
        var from = callers.of(caller);
        try (caller) {
            if (from.isPresent() && !mayConnect(from.get())) {
                return;
            }
            try (var callee = new Socket(InetAddress.getLoopbackAddress(), target)) {
                var passage = new Passage(network, from, member, caller, callee);
                passages.add(passage);
                passage.run();
                passages.remove(passage);
            }
        } catch (IOException _) {
            // The member does not run: the caller sees its connection end.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A connection needs both directions.
    private boolean mayConnect(String from) throws InterruptedException {
        return !(network.awaitNotHeld(from, member) instanceof Condition.Refused)
                && !(network.awaitNotHeld(member, from) instanceof Condition.Refused);
    }

    static boolean matches(Optional<String> from, String to, String one, String other) {
        return from.isPresent()
                && ((from.get().equals(one) && to.equals(other)) || (from.get().equals(other) && to.equals(one)));
    }
}
