package io.metastore.e2e.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Ports for members, below those that the system gives to connections: one of these could take a member's
/// port while the member is down.
final class Ports {
    private static final int FIRST = 15_000;
    private static final int LAST = 30_000;
    private static final int TRIES = 1000;

    private Ports() {}

    /// As many different ports on which nobody listens at the moment.
    static List<Integer> take(int count) {
        var random = new Random();
        var held = new ArrayList<ServerSocket>();
        try {
            for (int attempt = 0; held.size() < count && attempt < TRIES; attempt++) {
                hold(random.nextInt(FIRST, LAST), held);
            }
            if (held.size() < count) {
                throw new IllegalStateException("no free ports from " + FIRST + " to " + LAST);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            held.forEach(Ports::release);
        }
    }

    private static void hold(int port, List<ServerSocket> held) {
        try {
            held.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException _) {
            // Taken: another one will do.
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot release port " + socket.getLocalPort(), e);
        }
    }
}
