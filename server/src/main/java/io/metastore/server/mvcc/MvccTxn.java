package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.Event;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Revision;
import io.metastore.server.request.Compare;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One transaction: all its changes have one revision, the next one, and are numbered within it from 0. Its reads see
/// its changes. A transaction that changes nothing leaves the revision as it is. For the applying thread.
public final class MvccTxn implements MvccReads {
    private final MvccWriter writer;
    private final Batch batch;
    private final StoreState before;
    private final RecentKeys recent;
    private final Versions versions;
    private final List<Event> events = new ArrayList<>();
    private long addedBytes;
    private long addedKeys;
    private boolean finished;

    MvccTxn(MvccWriter writer, Batch batch, RecentKeys recent, StoreState before) {
        this.writer = writer;
        this.batch = batch;
        this.recent = recent;
        this.before = before;
        versions = new Versions(batch, recent);
    }

    /// The revision before the transaction, or its own once it has changed something.
    @Override
    public long revision() {
        return events.isEmpty() ? before.revision() : next();
    }

    /// As a step of this transaction: its own revision, and a greater one, is in the future.
    @Override
    public Outcome range(Range query) {
        var refusal = refusalInTxn(query);
        return refusal.isPresent()
                ? new Outcome.Refused(refusal.get())
                : evaluation().range(query);
    }

    @Override
    public boolean holds(List<Compare> compares) {
        return evaluation().holds(compares);
    }

    @Override
    public Optional<Reason> refusalInTxn(Range step) {
        return evaluation().refusalInTxn(step);
    }

    /// The newest version of a key; nothing when it does not exist.
    public Optional<KeyValue> get(Bytes key) {
        return versions.latest(key);
    }

    /// What `get` finds, but for the value; reads nothing when the key is one of those that changed last.
    public KeyNumbers numbers(Bytes key) {
        return versions.numbers(key);
    }

    /// Stores a value and ties the key to `lease` from now on.
    ///
    /// @return the numbers of the version before
    public KeyNumbers put(Bytes key, Bytes value, LeaseId lease) {
        var before = numbers(key);
        write(key, value, lease, before);
        return before;
    }

    /// As `put`, for those who need the value before: reads it, with one look-up at most.
    ///
    /// @return the version before
    public Optional<KeyValue> exchange(Bytes key, Bytes value, LeaseId lease) {
        var before = versions.row(key);
        write(key, value, lease, before.map(CurrentRow::numbers).orElse(KeyNumbers.ABSENT));
        return before.map(CurrentRow::version);
    }

    /// Deletes a key, if it is there.
    ///
    /// @return the numbers of the version before
    public KeyNumbers delete(Bytes key) {
        var before = numbers(key);
        if (before.exists()) {
            delete(key, before);
        }
        return before;
    }

    /// Deletes the keys in a range.
    ///
    /// @return the versions before, in the order of the keys
    public List<KeyValue> delete(KeyRange keys) {
        var deleted = new ArrayList<KeyValue>();
        for (var row : present(keys)) {
            delete(row.version().key(), row.numbers());
            deleted.add(row.version());
        }
        return List.copyOf(deleted);
    }

    /// Ends the transaction.
    ///
    /// @return the store's revision afterwards
    public long finish() {
        requireOpen();
        finished = true;
        if (!events.isEmpty()) {
            writer.finished(next(), List.copyOf(events), addedBytes, addedKeys);
        }
        return revision();
    }

    private void write(Bytes key, Bytes value, LeaseId lease, KeyNumbers before) {
        long create = before.exists() ? before.createRevision() : next();
        addedKeys += before.exists() ? 0 : 1;
        var version = new KeyValue(key, value, create, next(), before.version() + 1, lease);
        var revision = nextChange();
        var current = new CurrentRow(version, revision.sub());
        batch.put(Column.CURRENT, key, current.rowValue());
        batch.put(Column.EVENTS, EventRow.key(revision, false), EventRow.put(version, before));
        write(HistoryRow.put(version, revision));
        recent.note(key, current.numbers());
        events.add(new Event(Event.Kind.PUT, version));
    }

    private void delete(Bytes key, KeyNumbers before) {
        var revision = nextChange();
        addedKeys--;
        batch.delete(Column.CURRENT, key);
        batch.put(Column.EVENTS, EventRow.key(revision, true), EventRow.tombstone(key, revision.main(), before));
        write(HistoryRow.tombstone(key, revision));
        recent.note(key, KeyNumbers.ABSENT);
        events.add(new Event(Event.Kind.DELETE, KeyValue.tombstone(key, revision.main())));
    }

    private void write(HistoryRow row) {
        batch.put(Column.HISTORY, row.rowKey(), row.rowValue());
        addedBytes += row.cost();
    }

    private List<CurrentRow> present(KeyRange keys) {
        if (keys.isSingle()) {
            return versions.row(keys.from()).stream().toList();
        }
        var present = new ArrayList<CurrentRow>();
        try (var rows = versions.latest(keys)) {
            while (rows.next()) {
                present.add(rows.row());
            }
        }
        return present;
    }

    private Evaluation evaluation() {
        return new Evaluation(versions, revision(), before.revision(), before.compactedRevision());
    }

    private Revision nextChange() {
        requireOpen();
        return new Revision(next(), events.size());
    }

    private long next() {
        return before.revision() + 1;
    }

    private void requireOpen() {
        if (finished) {
            throw new IllegalStateException("the transaction is finished");
        }
    }
}
