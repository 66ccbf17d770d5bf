package io.metastore.server.grpc;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// A connection on which HTTP/2 is written and read by hand, frame by frame: a client library would ping as it
/// thinks fit, answer pings by itself, and hold calls back. Source: RFC 9113.
final class Http2Frames implements AutoCloseable {
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int ACK = 1;
    static final int REFUSED_STREAM = 7;
    static final int ENHANCE_YOUR_CALM = 11;

    private static final int CANCEL = 8;
    private static final int END_HEADERS = 4;
    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    /// @param stream 0 for the connection as a whole
    record Frame(int type, int flags, int stream, ByteString payload) {
        /// Four bytes of the payload as a number.
        int number(int at) {
            return payload.asReadOnlyByteBuffer().getInt(at);
        }

        String text(int from) {
            return payload.substring(from).toString(StandardCharsets.US_ASCII);
        }

        boolean isPing() {
            return type == PING && flags != ACK;
        }

        boolean isPong() {
            return type == PING && flags == ACK;
        }
    }

    /// Connects and greets; the server's settings are the first frame to read.
    Http2Frames(InetSocketAddress address) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(new Frame(SETTINGS, 0, 0, ByteString.EMPTY));
    }

    /// From here on the server holds the client to its limits.
    void acceptSettings() throws IOException {
        send(new Frame(SETTINGS, ACK, 0, ByteString.EMPTY));
    }

    void ping(long content) throws IOException {
        send(new Frame(PING, 0, 0, bytes(ByteBuffer.allocate(8).putLong(content))));
    }

    void answer(Frame ping) throws IOException {
        send(new Frame(PING, ACK, 0, ping.payload()));
    }

    /// Begins a call; nothing of its message is sent.
    ///
    /// @param stream odd, and greater than all before
    /// @param method such as `etcdserverpb.Watch/Watch`
    void call(int stream, String method) throws IOException {
        var headers = new ByteArrayOutputStream();
        Map.of(
                        ":method", "POST",
                        ":scheme", "http",
                        ":path", "/" + method,
                        ":authority", "test",
                        "content-type", "application/grpc",
                        "te", "trailers")
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey()) // Those with a colon must come first.
                .forEach(header -> literal(headers, header.getKey(), header.getValue()));
        send(new Frame(HEADERS, END_HEADERS, stream, ByteString.copyFrom(headers.toByteArray())));
    }

    /// Ends a call before its time.
    void giveUp(int stream) throws IOException {
        send(new Frame(RST_STREAM, 0, stream, bytes(ByteBuffer.allocate(4).putInt(CANCEL))));
    }

    /// A header as HPACK writes it without its tables and without compression. Source: RFC 7541, section 6.2.2.
    private static void literal(ByteArrayOutputStream to, String name, String value) {
        to.write(0);
        for (var text : new String[] {name, value}) {
            to.write(text.length());
            to.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static ByteString bytes(ByteBuffer filled) {
        return ByteString.copyFrom(filled.flip());
    }

    private void send(Frame frame) throws IOException {
        out.writeByte(frame.payload().size() >> 16);
        out.writeShort(frame.payload().size());
        out.writeByte(frame.type());
        out.writeByte(frame.flags());
        out.writeInt(frame.stream());
        frame.payload().writeTo(out);
        out.flush();
    }

    /// The next frame of this type, whatever comes before it.
    Frame next(int type) throws IOException {
        while (true) {
            var frame = next().orElseThrow(() -> new EOFException("no frame of type " + type + " before the end"));
            if (frame.type() == type) {
                return frame;
            }
        }
    }

    /// The next frame; empty when the server has closed the connection.
    Optional<Frame> next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int length = first << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        return Optional.of(new Frame(type, flags, stream, ByteString.copyFrom(in.readNBytes(length))));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
