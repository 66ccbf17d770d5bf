package io.metastore.server.mvcc;

import io.metastore.server.model.Event;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.Batch;
import java.util.ArrayList;
import java.util.List;

/// The changes of one batch: transactions one after the other, and compactions between them. Each sees what those
/// before it did. For the applying thread.
///
///     try (var batch = storage.batch()) {
///         var writer = store.writer(batch);
///         var txn = writer.begin();
///         txn.put(key, value, LeaseId.NONE);
///         txn.finish();
///         batch.commit();
///         writer.published();
///     }
public final class MvccWriter {
    private final MvccStore store;
    private final Batch batch;
    private final RecentKeys recent;
    private final List<Commit> commits = new ArrayList<>();
    private StoreState state;
    private boolean changed;

    /// @param recent the keys that changed until now; the changes of this batch are noted there
    MvccWriter(MvccStore store, Batch batch, RecentKeys recent, StoreState state) {
        this.store = store;
        this.batch = batch;
        this.recent = recent;
        this.state = state;
    }

    /// Begins a transaction. The one before must have been finished, or have changed nothing.
    public MvccTxn begin() {
        return new MvccTxn(this, batch, recent, state);
    }

    /// Gives up the history below `revision`: from the publication on reads of it are refused, and the physical part
    /// can begin. Refused are a revision that is given up already and one in the future. The first compaction may
    /// name revision 0, which gives up nothing.
    public Outcome compact(long revision) {
        if (revision <= state.compactedRevision()) {
            return new Outcome.Refused(Reason.COMPACTED);
        }
        if (revision > state.revision()) {
            return new Outcome.Refused(Reason.FUTURE_REVISION);
        }
        new ScheduledCompaction(revision, state.compactedRevision()).write(batch);
        change(new StoreState(state.revision(), revision, state.addedBytes(), state.keys()));
        return new Outcome.Accepted(state.revision());
    }

    /// The transactions of this batch that raised the revision, in order.
    public List<Commit> commits() {
        return List.copyOf(commits);
    }

    /// Makes the batch visible to everyone, after it was committed.
    public void published() {
        if (changed) {
            recent.settle();
            store.publish(state);
        }
    }

    /// A transaction changed something.
    void finished(long revision, List<Event> events, long addedBytes, long addedKeys) {
        if (revision != state.revision() + 1) {
            throw new IllegalStateException("transaction " + revision + " ends on top of " + state.revision());
        }
        commits.add(new Commit(revision, events));
        change(new StoreState(
                revision, state.compactedRevision(), state.addedBytes() + addedBytes, state.keys() + addedKeys));
    }

    private void change(StoreState next) {
        if (!changed) {
            changed = true;
            store.announce();
        }
        state = next;
        state.write(batch);
    }
}
