package io.metastore.server.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/// Lets two engines shake hands in memory.
final class Handshakes {
    private static final int ROOM = 1 << 17;
    private static final int MOST_STEPS = 200;

    private Handshakes() {}

    /// @throws SSLException when one side refuses the other: the refusal of the server, if it was it
    static void run(SSLEngine client, SSLEngine server) throws SSLException {
        var toServer = ByteBuffer.allocate(ROOM);
        var toClient = ByteBuffer.allocate(ROOM);
        client.beginHandshake();
        server.beginHandshake();
        for (int i = 0; i < MOST_STEPS; i++) {
            // The client first: what it sends last may be why the server refuses.
            step(client, toClient, toServer);
            step(server, toServer, toClient);
            if (isDone(client) && isDone(server) && toServer.position() == 0 && toClient.position() == 0) {
                return;
            }
        }
        throw new SSLException("the two sides do not come to an end");
    }

    private static boolean isDone(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
            return;
        }
        in.flip();
        if (in.hasRemaining()) {
            var result = engine.unwrap(in, ByteBuffer.allocate(ROOM));
            if (result.getStatus() == Status.CLOSED) {
                throw new SSLException("closed");
            }
        }
        in.compact();
    }
}
