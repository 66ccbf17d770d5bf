package io.metastore.server.bolt;

import io.metastore.server.bolt.RowCursor.PageVisitor;
import io.metastore.server.model.Bytes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file that is read; nothing changes it meanwhile. What follows its last page, such as a checksum, is not looked at.
/// For one thread.
public final class BoltFile implements AutoCloseable {
    private final FileChannel channel;
    private final Pages pages;

    private BoltFile(FileChannel channel, Pages pages) {
        this.channel = channel;
        this.pages = pages;
    }

    /// Opens a file; its first pages are checked.
    ///
    /// @throws DamagedFileException when it is no such file, or cut off
    public static BoltFile open(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new BoltFile(channel, Pages.of(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// The size of what it says it holds; the file itself may be larger.
    public long bytes() {
        return pages.meta().pages() * pages.meta().pageBytes();
    }

    /// The names of the buckets, ascending.
    public List<Bytes> buckets() {
        var names = new ArrayList<Bytes>();
        for (var rows = root(pages::read); rows.next(); ) {
            requireBucket(rows);
            names.add(rows.key());
        }
        return List.copyOf(names);
    }

    /// The rows of a bucket; nothing when there is no bucket of that name.
    public Optional<RowCursor> rows(Bytes bucket) {
        for (var rows = root(pages::read); rows.next(); ) {
            if (rows.key().equals(bucket)) {
                requireBucket(rows);
                return Optional.of(bucket(rows.page(), rows.value(), pages::read));
            }
        }
        return Optional.empty();
    }

    /// Reads every page and row once: each page must belong to one place, or be free.
    ///
    /// @throws DamagedFileException that names the first page that does not
    public void check() {
        var use = new PageUse(pages);
        for (var buckets = root(use::visit); buckets.next(); ) {
            requireBucket(buckets);
            for (var rows = bucket(buckets.page(), buckets.value(), use::visit); rows.next(); ) {
                if (rows.isBucket()) {
                    throw DamagedFileException.page(rows.page(), "a bucket within a bucket, which etcd does not make");
                }
                rows.value();
            }
        }
        use.finish();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private RowCursor root(PageVisitor visitor) {
        return new RowCursor(visitor.visit(pages.meta().root()), visitor);
    }

    private static RowCursor bucket(long page, Bytes value, PageVisitor visitor) {
        if (value.length() < Format.BUCKET_HEADER) {
            throw DamagedFileException.page(page, "a bucket of " + value.length() + " bytes");
        }
        var header = Format.buffer(value.shared());
        long root = header.getLong(0);
        if (root != 0) {
            return new RowCursor(visitor.visit(root), visitor);
        }
        var inline = header.position(Format.BUCKET_HEADER).slice().order(header.order());
        var leaf = new StoredPage(page, inline);
        if (!leaf.isLeaf()) {
            throw DamagedFileException.page(page, "a bucket without a page of its own has branches");
        }
        return new RowCursor(leaf, visitor);
    }

    private static void requireBucket(RowCursor rows) {
        if (!rows.isBucket()) {
            throw DamagedFileException.page(rows.page(), "a row outside of all buckets");
        }
    }
}
