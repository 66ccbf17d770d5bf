package io.metastore.server.bolt;

import java.util.Comparator;
import java.util.List;

/// A whole file as a stream of bytes, made while it is read. Its first page names the last, so the rows are walked
/// twice: first to give every page its number, then to write them. No more than a few pages are held at any time,
/// whatever the file's size. For one thread.
///
///     0, 1  the two pages that say where all else is     2  the list of free pages, empty
///     3…    the buckets by name, each with its branches behind their leaves; the bucket of buckets at the end
public final class FileImage implements AutoCloseable {
    private static final int FREE_LIST_PAGE = 2;
    private static final int FIRST_PAGE = 3;

    private final Meta meta;
    private final PageQueue pages;
    private final FileBuilder builder;

    private FileImage(List<BucketSource> buckets, Meta meta) {
        this.meta = meta;
        pages = new PageQueue(FIRST_PAGE);
        builder = new FileBuilder(buckets, pages);
        pages.add(meta.page(Format.FIRST_META));
        pages.add(new Meta(meta.pageBytes(), meta.root(), meta.freeList(), meta.pages(), meta.transaction() - 1)
                .page(Format.SECOND_META));
        var freeList = new byte[Format.PAGE_BYTES];
        Format.putHeader(Format.buffer(freeList), FREE_LIST_PAGE, Format.FREE_LIST, 0);
        pages.add(freeList);
    }

    /// Walks all rows once; reading walks them again, and must find the same.
    ///
    /// @param buckets with different names, in any order
    public static FileImage of(List<BucketSource> buckets) {
        var sorted = buckets.stream()
                .sorted(Comparator.comparing(BucketSource::name))
                .toList();
        return new FileImage(sorted, measure(sorted));
    }

    /// The size of the whole file.
    public long bytes() {
        return meta.pages() * meta.pageBytes();
    }

    /// Fills `target` with what comes next.
    ///
    /// @return how many bytes; fewer than there is room for at the end only, 0 behind it
    /// @throws IllegalStateException when the rows are not those of the first walk
    public int read(byte[] target) {
        int filled = 0;
        while (filled < target.length) {
            int taken = pages.take(target, filled);
            filled += taken;
            if (taken == 0 && !builder.step()) {
                requireAsMeasured();
                break;
            }
        }
        return filled;
    }

    @Override
    public void close() {
        builder.close();
    }

    private static Meta measure(List<BucketSource> buckets) {
        var counter = new PageCounter(FIRST_PAGE);
        try (var builder = new FileBuilder(buckets, counter)) {
            while (builder.step()) {}
            return new Meta(Format.PAGE_BYTES, builder.rootPage(), FREE_LIST_PAGE, counter.next(), 1);
        }
    }

    private void requireAsMeasured() {
        if (builder.rootPage() != meta.root() || pages.next() != meta.pages()) {
            throw new IllegalStateException("the rows changed between the two walks: " + pages.next() + " pages, "
                    + meta.pages() + " were announced");
        }
    }
}
