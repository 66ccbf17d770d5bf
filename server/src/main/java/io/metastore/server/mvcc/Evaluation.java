package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Compare;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Outcome.RangeDone;
import io.metastore.server.request.Range;
import io.metastore.server.request.Range.Detail;
import io.metastore.server.request.Reason;
import java.util.List;
import java.util.Optional;

/// Answers ranges and comparisons from one state.
///
/// @param versions its rows
/// @param written the newest revision with rows; all answers carry it
/// @param newest the newest revision that may be asked for: below `written` inside a transaction that has changed
///     something, whose own revision is still in the future
/// @param compacted history below it is given up, -1 for none
record Evaluation(Versions versions, long written, long newest, long compacted) {
    Outcome range(Range query) {
        return refusal(query).<Outcome>map(Outcome.Refused::new).orElseGet(() -> answer(query));
    }

    /// As `range`, but stops as soon as it is known what to return: the count is that of the versions seen until
    /// then.
    Outcome page(Range query) {
        return refusal(query).<Outcome>map(Outcome.Refused::new).orElseGet(() -> many(query, true));
    }

    Optional<Reason> refusalInTxn(Range step) {
        if (step.revision() > newest) {
            return Optional.of(Reason.FUTURE_REVISION);
        }
        return step.revision() != 0 && step.revision() < compacted ? Optional.of(Reason.COMPACTED) : Optional.empty();
    }

    boolean holds(List<Compare> compares) {
        for (var compare : compares) {
            if (!Comparison.holds(compare, versions)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Reason> refusal(Range query) {
        if (query.revision() > newest) {
            return Optional.of(Reason.FUTURE_REVISION);
        }
        return query.revision() > 0 && query.revision() < compacted ? Optional.of(Reason.COMPACTED) : Optional.empty();
    }

    private RangeDone answer(Range query) {
        return query.keys().isSingle() && query.detail() != Detail.COUNT_ONLY ? one(query) : many(query, false);
    }

    /// A look-up instead of a scan.
    private RangeDone one(Range query) {
        var key = query.keys().from();
        var found = readsLatest(query) ? versions.latest(key) : versions.at(key, query.revision());
        if (found.isEmpty()) {
            return new RangeDone(written, List.of(), false, 0);
        }
        var selection = new Selection(query);
        selection.offer(new Found(found.get()));
        return new RangeDone(written, selection.picked(), selection.more(), 1);
    }

    private RangeDone many(Range query, boolean untilDecided) {
        var selection = new Selection(query);
        long count = 0;
        try (var rows = rows(query)) {
            while (!(untilDecided && selection.isDecided()) && rows.next()) {
                count++;
                if (query.detail() != Detail.COUNT_ONLY) {
                    selection.offer(rows);
                }
            }
        }
        return new RangeDone(written, selection.picked(), selection.more(), count);
    }

    private VersionCursor rows(Range query) {
        return readsLatest(query) ? versions.latest(query.keys()) : versions.at(query.keys(), query.revision());
    }

    private boolean readsLatest(Range query) {
        return query.revision() <= 0 || query.revision() == written;
    }

    /// The one version of a look-up, as a cursor that stands on it.
    private record Found(KeyValue keyValue) implements VersionCursor {
        @Override
        public boolean next() {
            return false;
        }

        @Override
        public KeyValue numbers() {
            return new KeyValue(
                    keyValue.key(),
                    Bytes.EMPTY,
                    keyValue.createRevision(),
                    keyValue.modRevision(),
                    keyValue.version(),
                    LeaseId.NONE);
        }

        @Override
        public void close() {}
    }
}
