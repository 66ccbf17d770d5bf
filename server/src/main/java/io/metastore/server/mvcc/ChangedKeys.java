package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Revision;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;
import java.util.BitSet;

/// The keys that changed in a stretch of the history, as a filter of fixed size: it may take a key for changed that
/// is not, never the other way round.
final class ChangedKeys {
    private static final int BITS = 23;
    /// 2^32 divided by the golden ratio: spreads numbers that differ in few bits. Source: Fibonacci hashing, Knuth,
    /// The Art of Computer Programming, volume 3, section 6.4.
    private static final int SPREAD = 0x9e3779b9;

    private final BitSet seen = new BitSet(1 << BITS);

    /// The keys changed by the transactions after `after` up to `to`.
    static ChangedKeys between(Reader reader, long after, long to) {
        var changed = new ChangedKeys();
        try (var rows = reader.scan(Column.EVENTS, EventRow.range(new Revision(after + 1, 0), to + 1))) {
            while (rows.next()) {
                changed.seen.set(bit(EventRow.keyOf(rows.value())));
            }
        }
        return changed;
    }

    /// False only if the key did not change.
    boolean mayContain(Bytes key) {
        return seen.get(bit(key));
    }

    private static int bit(Bytes key) {
        return (key.hashCode() * SPREAD) >>> (Integer.SIZE - BITS);
    }
}
