package io.metastore.e2e.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Member a, which is this process, calls member b.
@Timeout(60)
class NetworkIT {
    private static final int SHORT_MILLIS = 300;
    private static final int LONG_MILLIS = 30_000;

    private final Network network =
            new Network(() -> Map.of(ProcessHandle.current().pid(), "a"));
    private ServerSocket listener;
    private Socket caller;
    private Socket callee;

    NetworkIT() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        caller = new Socket();
        callee = new Socket();
    }

    @BeforeEach
    void connect() throws IOException {
        int port = network.proxy("b", listener.getLocalPort());
        caller = new Socket(InetAddress.getLoopbackAddress(), port);
        callee = listener.accept();
        caller.setSoTimeout(LONG_MILLIS);
        callee.setSoTimeout(LONG_MILLIS);
    }

    @AfterEach
    void disconnect() throws IOException {
        network.close();
        caller.close();
        callee.close();
        listener.close();
    }

    @Test
    void bytesGoThroughInBothDirections() throws IOException {
        assertThat(arrives(caller, callee)).isEqualTo(1);
        assertThat(arrives(callee, caller)).isEqualTo(1);
    }

    @Test
    void oneDirectionIsHeldWhileTheOtherIsOpen() throws IOException {
        network.set("a", "b", new Condition.Held());

        caller.getOutputStream().write(1);
        callee.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> callee.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        assertThat(arrives(callee, caller)).isEqualTo(1);

        callee.setSoTimeout(LONG_MILLIS);
        network.heal();
        assertThat(callee.getInputStream().read()).isEqualTo(1);
    }

    @Test
    void aNewConnectionWaitsWhileADirectionIsHeld() throws IOException {
        network.set("b", "a", new Condition.Held());
        listener.setSoTimeout(SHORT_MILLIS);
        try (var second = new Socket(InetAddress.getLoopbackAddress(), caller.getPort())) {
            assertThat(second.isConnected()).isTrue();
            assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);

            network.heal();
            listener.setSoTimeout(LONG_MILLIS);
            listener.accept().close();
        }
    }

    @Test
    void refusedConnectionsAreClosed() throws IOException {
        network.set("a", "b", new Condition.Refused());

        assertThat(ends(callee)).isTrue();
        assertThat(ends(caller)).isTrue();
        try (var second = new Socket(InetAddress.getLoopbackAddress(), caller.getPort())) {
            second.setSoTimeout(LONG_MILLIS);
            assertThat(ends(second)).isTrue();
        }
    }

    @Test
    void aDelayIsOfAtLeastItsLength() throws IOException {
        network.set("a", "b", new Condition.Delayed(Duration.ofMillis(200)));

        long sent = System.nanoTime();
        assertThat(arrives(caller, callee)).isEqualTo(1);

        assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void halfAConnectionIsOpenForOneSideOnly() throws IOException {
        assertThat(arrives(caller, callee)).isEqualTo(1);
        network.halfOpen("a", "b");

        assertThat(ends(caller)).isTrue();
        callee.setSoTimeout(SHORT_MILLIS);
        assertThatThrownBy(() -> callee.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        callee.getOutputStream().write(1);
        assertThatThrownBy(() -> callee.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void whoIsNoMemberIsNeverDisturbed() throws IOException {
        network.set("c", "b", new Condition.Held());

        assertThat(arrives(caller, callee)).isEqualTo(1);
    }

    private static int arrives(Socket from, Socket to) throws IOException {
        from.getOutputStream().write(1);
        return to.getInputStream().read();
    }

    private static boolean ends(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true; // Reset.
        }
    }
}
