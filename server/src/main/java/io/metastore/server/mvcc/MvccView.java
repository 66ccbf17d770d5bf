package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.Revision;
import io.metastore.server.request.Compare;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Snapshot;
import java.util.List;
import java.util.Optional;

/// The store after one commit, unchanged by later ones. For any number of threads until it is closed; it holds back
/// the reuse of space, so it is closed soon.
public final class MvccView implements MvccReads, AutoCloseable {
    private final Snapshot snapshot;
    private final Versions versions;
    private final Evaluation evaluation;

    /// @param snapshot closed with this
    /// @param state that of the snapshot
    MvccView(Snapshot snapshot, StoreState state) {
        this.snapshot = snapshot;
        versions = new Versions(snapshot);
        evaluation = new Evaluation(versions, state.revision(), state.revision(), state.compactedRevision());
    }

    @Override
    public long revision() {
        return evaluation.written();
    }

    /// History below it is given up; -1 before the first compaction.
    public long compactedRevision() {
        return evaluation.compacted();
    }

    /// Whether the state at `revision` is given up. The one at the compacted revision itself can be read.
    public boolean isCompacted(long revision) {
        return revision < compactedRevision();
    }

    @Override
    public Outcome range(Range query) {
        return evaluation.range(query);
    }

    /// As `range`, without walking the range beyond the limit: `count` is then the number of versions seen, not of
    /// all. For answers in several parts, whose last part asks for the count.
    public Outcome page(Range query) {
        return evaluation.page(query);
    }

    @Override
    public boolean holds(List<Compare> compares) {
        return evaluation.holds(compares);
    }

    @Override
    public Optional<Reason> refusalInTxn(Range step) {
        return evaluation.refusalInTxn(step);
    }

    /// The newest version of a key; nothing when it does not exist.
    public Optional<KeyValue> get(Bytes key) {
        return versions.latest(key);
    }

    /// The version of a key after the transaction `revision`; nothing when the key did not exist then, or when that
    /// is compacted.
    public Optional<KeyValue> getAt(Bytes key, long revision) {
        return isCompacted(revision) ? Optional.empty() : versions.at(key, revision);
    }

    /// The changes of the transactions from `fromRevision` on, in the order of (main, sub). They are complete from
    /// the compacted revision on; of older ones any part may be missing.
    public EventCursor events(long fromRevision) {
        var from = new Revision(Math.max(fromRevision, 0), 0);
        return new EventCursor(snapshot.scan(Column.EVENTS, KeyRange.from(EventRow.key(from, false))));
    }

    /// Whether the physical part of a compaction to `revision` is still to be done.
    boolean awaitsCompaction(long revision) {
        return ScheduledCompaction.contains(snapshot, revision);
    }

    /// Whether the physical part of any compaction is still to be done.
    boolean awaitsCompaction() {
        return ScheduledCompaction.oldest(snapshot).isPresent();
    }

    HashResult hashKv(long revision) {
        if (revision > 0 && isCompacted(revision)) {
            return new HashResult.Refused(Reason.COMPACTED);
        }
        if (revision > revision()) {
            return new HashResult.Refused(Reason.FUTURE_REVISION);
        }
        long upTo = revision == 0 ? revision() : revision;
        int hash = new HistoryHash(snapshot, compactedRevision()).upTo(upTo);
        return new HashResult.Hash(hash, upTo, compactedRevision(), revision());
    }

    int hash() {
        return new ContentHash(snapshot)
                .add(revision())
                .add(compactedRevision())
                .crc();
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
