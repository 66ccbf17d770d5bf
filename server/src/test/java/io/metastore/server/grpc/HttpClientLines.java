package io.metastore.server.grpc;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A connection on which HTTP/1.1 is written and read by hand, so that nothing is hidden by a client library.
final class HttpClientLines implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    HttpClientLines(InetSocketAddress address) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /// The next answer: status line and headers, and the body as long as they say.
    Answer read(boolean withBody) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(next(in));
        }
        var text = head.toString(StandardCharsets.US_ASCII);
        int length = withBody ? contentLength(text) : 0;
        return new Answer(text, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /// Text up to the next line feed, without it.
    String readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = next(in); next != '\n'; next = next(in)) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    /// Reads until a line has this in it.
    void skipTo(String text) throws IOException {
        while (!readLine().contains(text)) {
            // Not yet.
        }
    }

    private static int next(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new IOException("the connection was closed");
        }
        return next;
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Answer(String head, String body) {
        String statusLine() {
            return head.lines().findFirst().orElseThrow();
        }
    }
}
