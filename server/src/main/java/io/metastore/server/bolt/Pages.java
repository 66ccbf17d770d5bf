package io.metastore.server.bolt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Reads pages of a file, one at a time, and nothing beyond what its first pages say there is.
final class Pages {
    /// The sizes of pages that bbolt looks for when the first page is damaged.
    private static final int SMALLEST_SHIFT = 10;

    private static final int GREATEST_SHIFT = 24;
    private static final int OVERFLOW_AT = 12;

    private final FileChannel file;
    private final Meta meta;

    private Pages(FileChannel file, Meta meta) {
        this.file = file;
        this.meta = meta;
    }

    /// @throws DamagedFileException when neither of the two first pages is whole, or they cannot be true
    static Pages of(FileChannel file) throws IOException {
        var first = meta(file, 0);
        var sizes = first.map(meta -> Stream.of(meta.pageBytes()))
                .orElseGet(() ->
                        IntStream.rangeClosed(SMALLEST_SHIFT, GREATEST_SHIFT).mapToObj(shift -> 1 << shift));
        Optional<Meta> second = Optional.empty();
        for (int size : sizes.toList()) {
            second = second.isPresent() ? second : meta(file, size).filter(meta -> meta.pageBytes() == size);
        }
        var newest = Stream.concat(first.stream(), second.stream())
                .max((one, other) -> Long.compareUnsigned(one.transaction(), other.transaction()))
                .orElseThrow(() -> new DamagedFileException("invalid database"));
        requireSane(newest, file.size());
        return new Pages(file, newest);
    }

    Meta meta() {
        return meta;
    }

    /// A branch or a leaf.
    StoredPage read(long id) {
        return new StoredPage(id, content(id));
    }

    /// All of a page, with those that it spans.
    ByteBuffer content(long id) {
        if (id <= Format.SECOND_META || id >= meta.pages()) {
            throw DamagedFileException.page(id, "there is no such page, the file has " + meta.pages());
        }
        var header = bytes(id, Format.PAGE_HEADER);
        if (header.getLong(0) != id) {
            throw DamagedFileException.page(id, "it calls itself page " + Long.toUnsignedString(header.getLong(0)));
        }
        long span = Integer.toUnsignedLong(header.getInt(OVERFLOW_AT)) + 1;
        if (id + span > meta.pages()) {
            throw DamagedFileException.page(id, "it spans " + span + " pages, but the file has " + meta.pages());
        }
        if (span * meta.pageBytes() > Integer.MAX_VALUE - Long.BYTES) {
            throw DamagedFileException.page(id, "it spans " + span + " pages, more than can be read");
        }
        return bytes(id, (int) (span * meta.pageBytes()));
    }

    /// How many pages the one with this content spans.
    long span(ByteBuffer content) {
        return content.limit() / meta.pageBytes();
    }

    private ByteBuffer bytes(long id, int length) {
        try {
            return read(file, id * meta.pageBytes(), length)
                    .orElseThrow(() -> DamagedFileException.page(id, "the file ends before the end of the page"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read page " + id, e);
        }
    }

    private static Optional<Meta> meta(FileChannel file, long offset) throws IOException {
        return read(file, offset, Meta.BYTES).flatMap(Meta::read);
    }

    /// Nothing when the file is shorter.
    private static Optional<ByteBuffer> read(FileChannel file, long offset, int length) throws IOException {
        if (offset + length > file.size()) {
            return Optional.empty();
        }
        var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, offset + buffer.position()) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(buffer.flip());
    }

    /// What a checksum does not tell: a writer may have been wrong.
    private static void requireSane(Meta meta, long fileBytes) {
        int size = meta.pageBytes();
        if (size < 1 << SMALLEST_SHIFT || size > 1 << GREATEST_SHIFT || Integer.bitCount(size) != 1) {
            throw new DamagedFileException("invalid database: pages of " + size + " bytes");
        }
        if (meta.pages() < 0 || meta.pages() > fileBytes / size) {
            throw new DamagedFileException("the file is cut off: it has " + fileBytes + " bytes, but should have "
                    + Long.toUnsignedString(meta.pages()) + " pages of " + size);
        }
    }
}
