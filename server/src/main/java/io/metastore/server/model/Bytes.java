package io.metastore.server.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable run of bytes, ordered byte by byte as unsigned numbers, which is the order of the key space.
///
///     "a" = 61   "a\0" = 61 00   "b" = 62      →  "a" < "a\0" < "b"
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /// Takes `owned` as it is; the caller must not change it afterwards.
    public static Bytes wrap(byte[] owned) {
        return owned.length == 0 ? EMPTY : new Bytes(owned);
    }

    /// Copies the remaining bytes of `source`, whose position does not move.
    public static Bytes copyOf(ByteBuffer source) {
        var content = new byte[source.remaining()];
        source.get(source.position(), content);
        return wrap(content);
    }

    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The number of bytes, not of characters.
    public int length() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    /// The byte at `index`, as a number from 0 to 255.
    public int at(int index) {
        return content[index] & 0xff;
    }

    /// The bytes themselves, not a copy: for libraries that want an array. Do not change them.
    public byte[] shared() {
        return content;
    }

    public boolean startsWith(Bytes prefix) {
        int length = prefix.content.length;
        return content.length >= length && Arrays.equals(content, 0, length, prefix.content, 0, length);
    }

    /// This, followed by one zero byte: the smallest run that is greater than this one.
    public Bytes successor() {
        return new Bytes(Arrays.copyOf(content, content.length + 1));
    }

    public String utf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(content);
    }
}
