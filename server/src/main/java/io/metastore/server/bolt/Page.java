package io.metastore.server.bolt;

import io.metastore.server.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// A page that is being written; one whose only element is too large spans several.
///
/// @param elements of one kind, sorted; at least one, or none in an inline leaf
/// @param bytes what they take, the header included
record Page(List<? extends Element> elements, int bytes) {
    /// How many pages of the file it takes.
    int span() {
        return (bytes + Format.PAGE_BYTES - 1) / Format.PAGE_BYTES;
    }

    byte[] encoded(long id) {
        var page = new byte[span() * Format.PAGE_BYTES];
        write(Format.buffer(page), id);
        Format.buffer(page).putInt(Format.PAGE_HEADER - Integer.BYTES, span() - 1);
        return page;
    }

    /// The value of a bucket that has this leaf only.
    Bytes inlined() {
        var value = new byte[Format.BUCKET_HEADER + bytes];
        write(Format.buffer(value).position(Format.BUCKET_HEADER).slice().order(ByteOrder.LITTLE_ENDIAN), 0);
        return Bytes.wrap(value);
    }

    private void write(ByteBuffer page, long id) {
        boolean branch = !elements.isEmpty() && elements.getFirst() instanceof Element.Child;
        Format.putHeader(page, id, branch ? Format.BRANCH : Format.LEAF, elements.size());
        int data = Format.PAGE_HEADER + elements.size() * Format.ELEMENT_HEADER;
        for (int i = 0; i < elements.size(); i++) {
            int header = Format.PAGE_HEADER + i * Format.ELEMENT_HEADER;
            page.position(header);
            data += write(page, elements.get(i), data, data - header);
        }
    }

    /// @return how many bytes of data were written
    private static int write(ByteBuffer page, Element element, int at, int distance) {
        switch (element) {
            case Element.Row(var flags, var key, var value) -> {
                page.putInt(flags).putInt(distance).putInt(key.length()).putInt(value.length());
                page.put(at, key.shared()).put(at + key.length(), value.shared());
            }
            case Element.Child(var key, var child) -> {
                page.putInt(distance).putInt(key.length()).putLong(child);
                page.put(at, key.shared());
            }
        }
        return element.bytes() - Format.ELEMENT_HEADER;
    }
}
