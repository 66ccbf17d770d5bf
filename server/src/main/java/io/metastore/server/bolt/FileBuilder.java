package io.metastore.server.bolt;

import io.metastore.server.bolt.BucketSource.Rows;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the pages of all buckets, step by step, and of the bucket that holds them, whose root page is the last.
final class FileBuilder implements AutoCloseable {
    private final PageSink sink;
    private final Iterator<BucketSource> buckets;
    private final TreeWriter root;
    private @Nullable Open open;
    private long rootPage = -1;

    /// A bucket that is being written.
    private record Open(BucketSource bucket, Rows rows, TreeWriter tree) {}

    /// @param buckets by ascending names
    FileBuilder(List<BucketSource> buckets, PageSink sink) {
        this.sink = sink;
        this.buckets = buckets.iterator();
        this.root = new TreeWriter(sink);
    }

    /// Does the work of one row.
    ///
    /// @return false when all is done
    boolean step() {
        var current = open;
        if (current != null) {
            if (current.rows.next()) {
                current.tree.add(0, current.rows.key(), current.rows.value());
            } else {
                close();
                root.add(Format.IS_BUCKET, current.bucket.name(), current.tree.finishBucket());
            }
            return true;
        }
        if (buckets.hasNext()) {
            var bucket = buckets.next();
            open = new Open(bucket, bucket.open(), new TreeWriter(sink));
            return true;
        }
        if (rootPage < 0) {
            rootPage = root.finish();
            return true;
        }
        return false;
    }

    /// The page of the bucket of buckets, once all is done.
    long rootPage() {
        return rootPage;
    }

    @Override
    public void close() {
        var current = open;
        if (current != null) {
            open = null;
            current.rows.close();
        }
    }
}
