package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Cursor;
import io.metastore.server.storage.Reader;

/// The history of one state, in the shape in which etcd keeps it.
///
/// @param revision the newest
/// @param compacted history below it is given up; -1 before the first compaction
/// @param finished the newest compacted revision whose physical part is done, -1 for none
public record EtcdHistory(long revision, long compacted, long finished) {
    public static EtcdHistory of(Reader reader) {
        var state = StoreState.read(reader);
        var totals = CompactionTotals.read(reader);
        return new EtcdHistory(state.revision(), state.compactedRevision(), totals.finishedRevision());
    }

    /// The rows of etcd's bucket `key`. The caller closes the walk.
    public static Rows rows(Reader reader) {
        return new Rows(reader.scanOnce(Column.EVENTS, KeyRange.ALL));
    }

    /// The key in a message.
    ///
    /// @throws io.metastore.server.storage.StorageException when it is none
    public static Bytes key(Bytes message) {
        return EventRow.parse(message).key();
    }

    /// Whether the change in the row with this key is a delete.
    public static boolean isTombstone(Bytes rowKey) {
        return EventRow.isTombstone(rowKey);
    }

    /// A walk over changes in the order of (main, sub), before the first at the beginning. For one thread.
    public static final class Rows implements AutoCloseable {
        private final Cursor cursor;

        private Rows(Cursor cursor) {
            this.cursor = cursor;
        }

        public boolean next() {
            return cursor.next();
        }

        /// Main and sub revision around a `_`, with a `t` behind a tombstone.
        public Bytes key() {
            return cursor.key();
        }

        /// The message `KeyValue` of etcd's API.
        public Bytes value() {
            return EventRow.messageIn(cursor.value());
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
