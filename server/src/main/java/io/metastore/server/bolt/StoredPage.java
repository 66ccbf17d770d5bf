package io.metastore.server.bolt;

import io.metastore.server.model.Bytes;
import java.nio.ByteBuffer;

/// A page that was read: its header is checked when it is made, each element when it is asked for.
final class StoredPage {
    private final long id;
    private final ByteBuffer content;
    private final int kind;
    private final int elements;

    /// @param id its number, or that of the page in which it lies
    /// @param content all of it, the pages that follow it included
    StoredPage(long id, ByteBuffer content) {
        this.id = id;
        this.content = content;
        if (content.limit() < Format.PAGE_HEADER) {
            throw DamagedFileException.page(id, "it has no room for a header");
        }
        kind = Short.toUnsignedInt(content.getShort(8));
        elements = Short.toUnsignedInt(content.getShort(10));
        if (kind != Format.LEAF && kind != Format.BRANCH) {
            throw DamagedFileException.page(id, "it is neither a branch nor a leaf, but of kind " + kind);
        }
        if (Format.PAGE_HEADER + elements * Format.ELEMENT_HEADER > content.limit()) {
            throw DamagedFileException.page(id, "it has no room for its " + elements + " elements");
        }
        if (kind == Format.BRANCH && elements == 0) {
            throw DamagedFileException.page(id, "it is a branch without children");
        }
    }

    long id() {
        return id;
    }

    boolean isLeaf() {
        return kind == Format.LEAF;
    }

    int elements() {
        return elements;
    }

    Bytes key(int element) {
        int header = header(element);
        return isLeaf()
                ? bytes(element, content.getInt(header + 4), content.getInt(header + 8))
                : bytes(element, content.getInt(header), content.getInt(header + 4));
    }

    /// Of a leaf.
    Bytes value(int element) {
        int header = header(element);
        long distance =
                Integer.toUnsignedLong(content.getInt(header + 4)) + Integer.toUnsignedLong(content.getInt(header + 8));
        return bytes(element, distance, content.getInt(header + 12));
    }

    /// Whether the value, in a leaf, is a bucket.
    boolean isBucket(int element) {
        int flags = content.getInt(header(element));
        if ((flags & ~Format.IS_BUCKET) != 0) {
            throw DamagedFileException.page(id, "element " + element + " has unknown flags " + flags);
        }
        return flags == Format.IS_BUCKET;
    }

    /// Of a branch: the page below.
    long child(int element) {
        return content.getLong(header(element) + 8);
    }

    private static int header(int element) {
        return Format.PAGE_HEADER + element * Format.ELEMENT_HEADER;
    }

    private Bytes bytes(int element, int distance, int length) {
        return bytes(element, Integer.toUnsignedLong(distance), length);
    }

    /// @param distance from the element's own header
    private Bytes bytes(int element, long distance, int length) {
        long from = header(element) + distance;
        if (from < header(elements) || from + Integer.toUnsignedLong(length) > content.limit()) {
            throw DamagedFileException.page(id, "element " + element + " lies outside of the page");
        }
        var bytes = new byte[length];
        content.get((int) from, bytes);
        return Bytes.wrap(bytes);
    }
}
