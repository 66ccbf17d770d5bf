package io.metastore.server.dns;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A server for records of type SRV on loopback, which answers in UDP (RFC 1035). Every other name does not exist.
public final class NameServer implements AutoCloseable {
    private static final int SRV = 33;
    private static final int NO_SUCH_NAME = 3;
    private static final int AUTHORITATIVE_ANSWER = 0x8400;
    private static final int NAME_OF_QUESTION = 0xC00C;
    private static final int HEADER = 12;

    private final DatagramSocket socket;
    private final Map<String, List<String>> records;
    private final Thread thread;

    /// @param records `priority weight port target` by name
    public NameServer(Map<String, List<String>> records) throws IOException {
        this.records = Map.copyOf(records);
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        thread = Thread.ofVirtual().start(this::answerAll);
    }

    /// As `java.naming.provider.url` has it.
    public String url() {
        return "dns://127.0.0.1:" + socket.getLocalPort();
    }

    private void answerAll() {
        var packet = new DatagramPacket(new byte[512], 512);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                var answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (SocketException e) {
                if (!socket.isClosed()) {
                    throw new IllegalStateException(e);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private byte[] answer(ByteBuffer question) throws IOException {
        int id = question.getShort(0);
        question.position(HEADER);
        var name = name(question);
        int type = question.getShort();
        var found = type == SRV ? records.getOrDefault(name, List.of()) : List.<String>of();

        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeShort(id);
        out.writeShort(AUTHORITATIVE_ANSWER | (found.isEmpty() ? NO_SUCH_NAME : 0));
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeInt(0);
        out.write(encoded(name));
        out.writeShort(type);
        out.writeShort(1);
        for (var record : found) {
            write(record, out);
        }
        return bytes.toByteArray();
    }

    private static void write(String record, DataOutputStream out) throws IOException {
        var parts = record.split(" ", -1);
        var target = encoded(parts[3]);
        out.writeShort(NAME_OF_QUESTION);
        out.writeShort(SRV);
        out.writeShort(1);
        out.writeInt(5);
        out.writeShort(3 * Short.BYTES + target.length);
        for (int i = 0; i < 3; i++) {
            out.writeShort(Integer.parseInt(parts[i]));
        }
        out.write(target);
    }

    private static String name(ByteBuffer question) {
        var name = new StringBuilder();
        for (int length = question.get(); length > 0; length = question.get()) {
            var label = new byte[length];
            question.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString();
    }

    private static byte[] encoded(String name) {
        var bytes = new ByteArrayOutputStream();
        for (var label : name.split("\\.", -1)) {
            bytes.write(label.length());
            bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        bytes.write(0);
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
