package io.metastore.server.mvcc;

import io.metastore.server.request.Compare;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import java.util.List;
import java.util.Optional;

/// What can be read of one state of the store.
public interface MvccReads {
    /// The newest revision that is visible here, at least 1.
    long revision();

    /// Reads a range. The answer is a `RangeDone` that carries `revision()`, not the revision asked for, or a
    /// refusal: `COMPACTED` or `FUTURE_REVISION`.
    Outcome range(Range query);

    /// Whether all comparisons are true of the newest state that is visible here.
    boolean holds(List<Compare> compares);

    /// Why this range could not be a step of a transaction that begins on this state, if so. A transaction checks all
    /// ranges of the branch it takes with it before its first change.
    ///
    /// It is stricter than a read of its own: a revision below 0 counts as compacted, unless it is -1 and nothing
    /// was ever compacted. Source: etcd's check of a transaction's ranges against the compacted revision, -1 at
    /// first.
    Optional<Reason> refusalInTxn(Range step);
}
