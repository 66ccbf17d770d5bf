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

/// One transaction: all its changes have one revision, the next one, and are numbered within it from 0. Its
/// reads see its changes. A transaction that changes nothing leaves the revision as it is. For the applying
/// thread.
public final class MvccTxn implements MvccReads {
    private final MvccWriter writer;
    private final Batch batch;
    private final StoreState before;
    private final Versions versions;
    private final List<Event> events = new ArrayList<>();
    private long addedBytes;
    private boolean finished;

    MvccTxn(MvccWriter writer, Batch batch, StoreState before) {
        this.writer = writer;
        this.batch = batch;
        this.before = before;
        versions = new Versions(batch);
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

    /// Stores a value and ties the key to `lease` from now on.
    ///
    /// @return the version before
    public Optional<KeyValue> put(Bytes key, Bytes value, LeaseId lease) {
        var previous = get(key);
        var version = new KeyValue(
                key,
                value,
                previous.map(KeyValue::createRevision).orElse(next()),
                next(),
                previous.map(KeyValue::version).orElse(0L) + 1,
                lease);
        var revision = nextChange();
        batch.put(Column.CURRENT, key, CurrentRow.value(version));
        batch.put(Column.EVENTS, EventRow.key(revision, false), EventRow.put(version));
        write(HistoryRow.put(version, revision));
        events.add(new Event(Event.Kind.PUT, version));
        return previous;
    }

    /// Deletes the keys in a range.
    ///
    /// @return the versions before, in the order of the keys
    public List<KeyValue> delete(KeyRange keys) {
        var deleted = present(keys);
        for (var version : deleted) {
            delete(version.key());
        }
        return deleted;
    }

    /// Ends the transaction.
    ///
    /// @return the store's revision afterwards
    public long finish() {
        requireOpen();
        finished = true;
        if (!events.isEmpty()) {
            writer.finished(next(), List.copyOf(events), addedBytes);
        }
        return revision();
    }

    private void delete(Bytes key) {
        var revision = nextChange();
        batch.delete(Column.CURRENT, key);
        batch.put(Column.EVENTS, EventRow.key(revision, true), EventRow.tombstone(key));
        write(HistoryRow.tombstone(key, revision));
        events.add(new Event(Event.Kind.DELETE, KeyValue.tombstone(key, revision.main())));
    }

    private void write(HistoryRow row) {
        batch.put(Column.HISTORY, row.rowKey(), row.rowValue());
        addedBytes += row.cost();
    }

    private List<KeyValue> present(KeyRange keys) {
        if (keys.isSingle()) {
            return get(keys.from()).stream().toList();
        }
        var present = new ArrayList<KeyValue>();
        try (var rows = versions.latest(keys)) {
            while (rows.next()) {
                present.add(rows.keyValue());
            }
        }
        return List.copyOf(present);
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
