package io.metastore.server.identity;

import io.metastore.server.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The little of ASN.1's DER that is needed to wrap older forms of keys into those that Java reads.
///
///     element = tag (1 byte), length (1 byte below 128, else 80+n and n bytes), content
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT = 0x06;
    static final int SEQUENCE = 0x30;
    private static final int LONG_LENGTH = 0x80;
    private static final int LOW_BITS = 0x7f;
    private static final int MOST_LENGTH_BYTES = 3;

    private Der() {}

    record Element(int tag, Bytes content) {
        byte[] encoded() {
            return Der.encode(tag, content.shared());
        }

        /// The elements that this one is made of.
        List<Element> parts() {
            return Der.elements(content);
        }
    }

    static byte[] encode(int tag, byte[]... parts) {
        int length = 0;
        for (var part : parts) {
            length += part.length;
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        writeLength(out, length);
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream out, int length) {
        if (length < LONG_LENGTH) {
            out.write(length);
            return;
        }
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + Byte.SIZE - 1) / Byte.SIZE;
        out.write(LONG_LENGTH | bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            out.write(length >>> (i * Byte.SIZE));
        }
    }

    /// The elements that `bytes` hold one after the other.
    ///
    /// @throws IllegalArgumentException when they hold something else
    static List<Element> elements(Bytes bytes) {
        var rest = ByteBuffer.wrap(bytes.shared());
        var elements = new ArrayList<Element>();
        try {
            while (rest.hasRemaining()) {
                int tag = rest.get() & 0xff;
                var content = new byte[length(rest)];
                rest.get(content);
                elements.add(new Element(tag, Bytes.wrap(content)));
            }
            return elements;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("an element is cut off", e);
        }
    }

    private static int length(ByteBuffer rest) {
        int first = rest.get() & 0xff;
        if (first < LONG_LENGTH) {
            return first;
        }
        int bytes = first & LOW_BITS;
        if (bytes > MOST_LENGTH_BYTES) {
            throw new IllegalArgumentException("an element is too long");
        }
        int length = 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << Byte.SIZE) | (rest.get() & 0xff);
        }
        if (length > rest.remaining()) {
            throw new IllegalArgumentException("an element is cut off");
        }
        return length;
    }
}
