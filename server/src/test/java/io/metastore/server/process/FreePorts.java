package io.metastore.server.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Ports on which nobody listens at the moment. They lie below those from which the system takes the ports of outgoing
/// connections: a member that is started again must find its own free.
public final class FreePorts {
    private static final int LOWEST = 11_000;
    private static final int ABOVE_HIGHEST = 32_000;
    private static final int MOST_ATTEMPTS = 1_000;

    private FreePorts() {}

    /// As many different ports. They are held together while they are looked up, so that none comes twice.
    public static List<Integer> take(int count) {
        var held = new ArrayList<ServerSocket>();
        try {
            for (int attempts = 0; held.size() < count; attempts++) {
                if (attempts == MOST_ATTEMPTS) {
                    throw new IllegalStateException("no free port");
                }
                hold(ThreadLocalRandom.current().nextInt(LOWEST, ABOVE_HIGHEST)).ifPresent(held::add);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            held.forEach(FreePorts::release);
        }
    }

    /// Of all addresses of the machine: members may listen on each.
    private static Optional<ServerSocket> hold(int port) {
        try {
            return Optional.of(new ServerSocket(port));
        } catch (BindException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look whether port " + port + " is free", e);
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release port " + socket.getLocalPort(), e);
        }
    }
}
