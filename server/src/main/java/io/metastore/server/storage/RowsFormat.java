package io.metastore.server.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// The bytes of a file with all rows of the memory engine. Numbers are big-endian.
///
///     file    = magic (8 bytes) version (4) block*
///     block   = length of content (4), CRC32C of content (4), content
///     content = 1 name row*     rows of one column; ascending over all blocks of the column
///             | 2 (name rows)*  the last block: how many rows each column has (8)
///     name    = length (1), UTF-8
///     row     = length of key (4), key, length of value (4), value
///
/// Version 1. A reader refuses versions it does not know.
final class RowsFormat {
    static final int VERSION = 1;
    static final int HEADER_LENGTH = 12;
    static final int BLOCK_HEADER_LENGTH = 8;
    static final byte ROWS = 1;
    static final byte END = 2;

    /// A block is written when its content is longer than this; a single row may be longer.
    static final int BLOCK_LENGTH = 64 * 1024;

    private static final byte[] MAGIC = "METAROWS".getBytes(StandardCharsets.US_ASCII);

    private RowsFormat() {}

    static ByteBuffer header() {
        return ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).putInt(VERSION).flip();
    }

    static boolean startsWithMagic(ByteBuffer header) {
        return ByteBuffer.wrap(MAGIC).equals(header.slice(header.position(), MAGIC.length));
    }

    /// The checksum of the bytes from `from` to `to`.
    static int checksum(ByteBuffer bytes, int from, int to) {
        var checksum = new CRC32C();
        checksum.update(bytes.slice(from, to - from));
        return (int) checksum.getValue();
    }
}
