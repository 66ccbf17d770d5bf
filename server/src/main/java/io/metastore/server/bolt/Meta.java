package io.metastore.server.bolt;

import java.nio.ByteBuffer;
import java.util.Optional;

/// What the first two pages say; of the two, the one with the higher transaction counts.
///
/// @param root the page of the bucket of buckets
/// @param freeList the page of the list of free pages, or `NO_FREE_LIST`
/// @param pages all pages have lower numbers
record Meta(int pageBytes, long root, long freeList, long pages, long transaction) {
    /// The writer left the list out: free are the pages that nothing leads to.
    static final long NO_FREE_LIST = -1;

    /// With the header of the page.
    static final int BYTES = Format.PAGE_HEADER + 64;

    private static final int MAGIC = 0xed0cdaed;
    private static final int VERSION = 2;
    private static final int CHECKED = 56;
    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_FACTOR = 0x100000001b3L;

    /// The page with this number, 0 or 1.
    byte[] page(int id) {
        var page = new byte[pageBytes];
        var buffer = Format.buffer(page);
        Format.putHeader(buffer, id, Format.META, 0);
        buffer.putInt(MAGIC).putInt(VERSION).putInt(pageBytes).putInt(0);
        buffer.putLong(root).putLong(0);
        buffer.putLong(freeList).putLong(pages).putLong(transaction);
        buffer.putLong(checksum(page));
        return page;
    }

    /// Nothing when these are not the first bytes of such a page, or damaged ones.
    static Optional<Meta> read(ByteBuffer content) {
        var page = new byte[BYTES];
        content.get(page);
        var buffer = Format.buffer(page).position(Format.PAGE_HEADER);
        if (buffer.getInt() != MAGIC || buffer.getInt() != VERSION) {
            return Optional.empty();
        }
        int pageBytes = buffer.getInt();
        buffer.getInt();
        long root = buffer.getLong();
        buffer.getLong();
        var meta = new Meta(pageBytes, root, buffer.getLong(), buffer.getLong(), buffer.getLong());
        return isWhole(page, buffer) ? Optional.of(meta) : Optional.empty();
    }

    private static boolean isWhole(byte[] page, ByteBuffer atChecksum) {
        return atChecksum.getLong() == checksum(page);
    }

    /// FNV-1a, 64 bits wide.
    private static long checksum(byte[] page) {
        long sum = FNV_START;
        for (int i = Format.PAGE_HEADER; i < Format.PAGE_HEADER + CHECKED; i++) {
            sum = (sum ^ (page[i] & 0xff)) * FNV_FACTOR;
        }
        return sum;
    }
}
