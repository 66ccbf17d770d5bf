package io.metastore.server.mysql.packet;

import io.metastore.server.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the fields of a packet in their order. Numbers are little endian.
public final class PacketReader {
    private final byte[] content;
    private int at;

    public PacketReader(Bytes payload) {
        this.content = payload.shared();
    }

    public boolean hasMore() {
        return at < content.length;
    }

    public int remaining() {
        return content.length - at;
    }

    public int int1() {
        return content[advance(1)] & 0xff;
    }

    public int int2() {
        return (int) number(2);
    }

    public long int4() {
        return number(4);
    }

    public long int8() {
        return number(8);
    }

    /// A number of so many bytes.
    public long number(int bytes) {
        int start = advance(bytes);
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = (value << 8) | (content[start + i] & 0xff);
        }
        return value;
    }

    /// A number whose first byte tells its length.
    public long lenenc() {
        int first = int1();
        return switch (first) {
            case 0xfc -> number(2);
            case 0xfd -> number(3);
            case 0xfe -> number(8);
            case 0xfb, 0xff -> throw malformed();
            default -> first;
        };
    }

    public Bytes lenencBytes() {
        long length = lenenc();
        if (length < 0 || length > remaining()) {
            throw malformed();
        }
        return bytes((int) length);
    }

    public Bytes bytes(int length) {
        int start = advance(length);
        return Bytes.wrap(Arrays.copyOfRange(content, start, start + length));
    }

    public Bytes rest() {
        return bytes(remaining());
    }

    /// Up to a zero byte, or to the end when there is none.
    public String nulText() {
        int end = at;
        while (end < content.length && content[end] != 0) {
            end++;
        }
        var text = new String(content, at, end - at, StandardCharsets.UTF_8);
        at = Math.min(end + 1, content.length);
        return text;
    }

    public void skip(int bytes) {
        advance(bytes);
    }

    private int advance(int bytes) {
        if (bytes < 0 || bytes > remaining()) {
            throw malformed();
        }
        int start = at;
        at += bytes;
        return start;
    }

    private static MysqlException malformed() {
        return new MysqlException(1835, "HY000", "Malformed communication packet.");
    }
}
