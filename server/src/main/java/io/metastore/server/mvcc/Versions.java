package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.Revision;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Reader;
import io.metastore.server.storage.StorageException;
import java.util.Optional;

/// Finds versions of keys in the rows of one state. What is given up by compaction is the caller's to know.
///
/// @param known what is known of the newest versions in that state
record Versions(Reader reader, KnownNumbers known) {
    Versions(Reader reader) {
        this(reader, KnownNumbers.NONE);
    }

    /// The numbers of the newest version, with one look-up if they are not known.
    KeyNumbers numbers(Bytes key) {
        var numbers = known.find(key);
        return numbers != null
                ? numbers
                : reader.get(Column.CURRENT, key).map(CurrentRow::numbers).orElse(KeyNumbers.ABSENT);
    }

    /// The newest version, with one look-up at most; nothing when the key does not exist.
    Optional<KeyValue> latest(Bytes key) {
        return row(key).map(CurrentRow::version);
    }

    Optional<CurrentRow> row(Bytes key) {
        var numbers = known.find(key);
        return numbers != null && !numbers.exists()
                ? Optional.empty()
                : reader.get(Column.CURRENT, key).map(row -> CurrentRow.decode(key, row));
    }

    /// The version that was there after the transaction `revision`.
    Optional<KeyValue> at(Bytes key, long revision) {
        return newest(key, new Revision(revision, Long.MAX_VALUE))
                .filter(row -> !row.isTombstone())
                .map(this::stored);
    }

    CurrentCursor latest(KeyRange keys) {
        return new CurrentCursor(reader.scan(Column.CURRENT, keys));
    }

    VersionCursor at(KeyRange keys, long revision) {
        return new HistoryCursor(reader.scan(Column.HISTORY, HistoryRow.range(keys)), this, revision);
    }

    /// The newest change of the key at or below `revision`, a tombstone too.
    Optional<HistoryRow> newest(Bytes key, Revision revision) {
        try (var rows = reader.scan(Column.HISTORY, HistoryRow.range(key, revision))) {
            return rows.next() ? Optional.of(HistoryRow.decode(rows.key(), rows.value())) : Optional.empty();
        }
    }

    /// Whether no later change of the key, up to the transaction `atRevision`, follows the one at `change`.
    boolean isNewest(Bytes key, Revision change, long atRevision) {
        return newest(key, new Revision(atRevision, Long.MAX_VALUE))
                .filter(newest -> newest.revision().equals(change))
                .isPresent();
    }

    /// The whole version that a row of `HISTORY`, which is no tombstone, stands for.
    KeyValue stored(HistoryRow row) {
        return reader.get(Column.EVENTS, EventRow.key(row.revision(), false))
                .map(EventRow::keyValue)
                .orElseThrow(() -> new StorageException("the change at " + row.revision() + " is missing"));
    }
}
