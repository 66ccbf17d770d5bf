package io.metastore.server.mysql.packet;

import io.metastore.server.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Collects the fields of one packet. Numbers are little endian.
public final class PacketWriter {
    private static final int FIRST = 64;

    private byte[] content = new byte[FIRST];
    private int length;

    public PacketWriter int1(long value) {
        return number(value, 1);
    }

    public PacketWriter int2(long value) {
        return number(value, 2);
    }

    public PacketWriter int4(long value) {
        return number(value, 4);
    }

    public PacketWriter int8(long value) {
        return number(value, 8);
    }

    /// The lowest `bytes` bytes of a number.
    public PacketWriter number(long value, int bytes) {
        reserve(bytes);
        for (int i = 0; i < bytes; i++) {
            content[length++] = (byte) (value >>> (8 * i));
        }
        return this;
    }

    /// A number whose first byte tells its length.
    public PacketWriter lenenc(long value) {
        if (value >= 0 && value < 0xfb) {
            return int1(value);
        }
        if (value >= 0 && value < 1 << 16) {
            return int1(0xfc).int2(value);
        }
        if (value >= 0 && value < 1 << 24) {
            return int1(0xfd).number(value, 3);
        }
        return int1(0xfe).int8(value);
    }

    public PacketWriter lenenc(Bytes value) {
        return lenenc(value.length()).bytes(value);
    }

    public PacketWriter lenenc(String text) {
        return lenenc(Bytes.utf8(text));
    }

    public PacketWriter bytes(Bytes value) {
        reserve(value.length());
        System.arraycopy(value.shared(), 0, content, length, value.length());
        length += value.length();
        return this;
    }

    public PacketWriter text(String text) {
        return bytes(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    public PacketWriter nulText(String text) {
        return text(text).int1(0);
    }

    public PacketWriter zeros(int count) {
        reserve(count);
        length += count;
        return this;
    }

    /// Sets a bit of a byte that was written already.
    public void setBit(int offset, int bit) {
        content[offset] |= (byte) (1 << bit);
    }

    public int length() {
        return length;
    }

    public Bytes payload() {
        return Bytes.wrap(Arrays.copyOf(content, length));
    }

    private void reserve(int more) {
        if (content.length - length < more) {
            content = Arrays.copyOf(content, Math.max(Math.addExact(length, more), content.length * 2));
        }
    }
}
