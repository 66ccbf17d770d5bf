package io.metastore.server.bolt;

import io.metastore.server.model.Bytes;
import java.util.List;

/// A bucket whose rows are all at hand.
record ListedBucket(Bytes name, List<BucketSource.Row> rows) implements BucketSource {
    @Override
    public Rows open() {
        return new Walk(rows);
    }

    private static final class Walk implements Rows {
        private final List<BucketSource.Row> rows;
        private int position = -1;

        Walk(List<BucketSource.Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean next() {
            return ++position < rows.size();
        }

        @Override
        public Bytes key() {
            return rows.get(position).key();
        }

        @Override
        public Bytes value() {
            return rows.get(position).value();
        }

        @Override
        public void close() {}
    }
}
