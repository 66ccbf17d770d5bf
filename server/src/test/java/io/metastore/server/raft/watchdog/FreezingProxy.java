package io.metastore.server.raft.watchdog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Passes TCP connections on to a port. Frozen connections pass nothing any more but stay open, as when the machine at
/// the other end has vanished; new ones work, as when it is back at the same address.
public final class FreezingProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final int target;

    public FreezingProxy(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public void freeze() {
        connections.forEach(connection -> connection.frozen = true);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var connection : connections) {
            connection.near.close();
            connection.far.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                connect(listener.accept());
            }
        } catch (IOException e) {
            // The listener was closed.
        }
    }

    private void connect(Socket near) throws IOException {
        try {
            var connection = new Connection(near, new Socket(InetAddress.getLoopbackAddress(), target));
            connections.add(connection);
            Thread.ofVirtual().start(() -> connection.pump(connection.near, connection.far));
            Thread.ofVirtual().start(() -> connection.pump(connection.far, connection.near));
        } catch (IOException e) { // the target is not there yet, and whoever called is told so
            near.close();
        }
    }

    private static final class Connection {
        private final Socket near;
        private final Socket far;
        private volatile boolean frozen;

        Connection(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void pump(Socket from, Socket to) {
            var buffer = new byte[1 << 16];
            try {
                for (var read = from.getInputStream().read(buffer);
                        read >= 0;
                        read = from.getInputStream().read(buffer)) {
                    if (!frozen) {
                        to.getOutputStream().write(buffer, 0, read);
                    }
                }
                if (!frozen) {
                    to.close();
                }
            } catch (IOException e) {
                // One end was closed.
            }
        }
    }
}
