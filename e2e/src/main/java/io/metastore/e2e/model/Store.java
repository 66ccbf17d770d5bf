package io.metastore.e2e.model;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Reason;
import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Call.Step;
import io.metastore.e2e.history.Compare;
import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.Keys;
import io.metastore.e2e.history.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A whole store: keys with their past, leases, the last compaction. A fresh one is at revision 1; every
/// call that changes keys makes the next revision. What was compacted is only marked so, for serializable
/// reads of members that are behind.
///
///     put a=1   → revision 2       delete a → 3       put a=2 → 4: created 4, version 1
public final class Store {
    /// Where a store was.
    ///
    /// @param leases the ids of all that live, with their seconds; never changed
    public record Mark(long revision, Map<Long, Long> leases, long compacted) {}

    private final Past past = new Past();
    private Map<Long, Long> leases = Map.of();
    private long compacted = -1;

    public long revision() {
        return past.revision();
    }

    public Map<Long, Long> leases() {
        return leases;
    }

    /// The keys' past, up to the current revision.
    public Past past() {
        return past;
    }

    public Mark mark() {
        return new Mark(past.revision(), leases, compacted);
    }

    /// Undoes all that came after the mark.
    public void back(Mark mark) {
        past.back(mark.revision());
        leases = mark.leases();
        compacted = mark.compacted();
    }

    /// A number that two stores with the same past share, and others most probably do not.
    public long fingerprint() {
        return (past.fingerprint() * 31 + leases.hashCode()) * 31 + compacted;
    }

    /// Does what is asked and tells the answer, with the revision afterwards. A refused call changes
    /// nothing.
    public Answer apply(Call call) {
        return switch (call) {
            case Step step -> branch(true, step.steps(true));
            case Call.Txn txn -> {
                boolean holds = txn.compares().stream().allMatch(this::holds);
                yield branch(holds, txn.steps(holds));
            }
            case Call.Grant grant -> grant(grant);
            case Call.Revoke revoke -> revoke(revoke.lease());
            case Call.KeepAlive alive -> leases.containsKey(alive.lease()) ? done() : refused(Reason.LEASE_NOT_FOUND);
            case Call.Compact compact -> compact(compact.revision());
        };
    }

    /// A serializable read at the state that the store had at a revision, not after the current one.
    /// Members may be behind with compactions as with all else, so none is counted.
    public Answer.Done readAt(Call.Range range, long revision) {
        long at = range.revision() == 0 ? revision : range.revision();
        return new Answer.Done(revision, true, List.of(past.found(range, at)));
    }

    /// Whether reads at this revision are refused.
    public boolean isCompacted(long at) {
        return at < compacted;
    }

    private Answer done() {
        return new Answer.Done(revision(), true, List.of());
    }

    private static Answer refused(Reason reason) {
        return new Answer.Refused(reason);
    }

    private Answer branch(boolean succeeded, List<Step> steps) {
        long base = revision();
        long next = base + 1;
        var results = new ArrayList<Result>();
        var events = new ArrayList<Event>();
        for (var step : steps) {
            var refusal = refusal(step, base);
            if (refusal.isPresent()) {
                past.undo(events);
                return refused(refusal.get());
            }
            results.add(run(step, next, events));
        }
        past.commit(events);
        return new Answer.Done(revision(), succeeded, results);
    }

    private Optional<Reason> refusal(Step step, long revision) {
        return switch (step) {
            case Call.Put put
            when put.lease() != 0 && !leases.containsKey(put.lease()) -> Optional.of(Reason.LEASE_NOT_FOUND);
            case Call.Range range when range.revision() > revision -> Optional.of(Reason.FUTURE_REVISION);
            case Call.Range range
            when range.revision() != 0 && isCompacted(range.revision()) -> Optional.of(Reason.COMPACTED);
            case Call.Put _, Call.Range _, Call.Delete _ -> Optional.empty();
        };
    }

    private Result run(Step step, long next, List<Event> events) {
        return switch (step) {
            case Call.Put put -> {
                var before = past.newest(put.key());
                events.add(past.write(new Row(
                        put.key(),
                        put.value(),
                        before.map(Row::create).orElse(next),
                        next,
                        before.map(Row::version).orElse(0L) + 1,
                        put.lease())));
                yield new Result.Written(put.previous() ? before : Optional.empty());
            }
            case Call.Delete delete -> {
                var gone = past.rows(delete.keys(), next);
                gone.forEach(row -> events.add(past.write(Row.deleted(row.key(), next))));
                yield new Result.Deleted(gone.size(), delete.previous() ? gone : List.of());
            }
            case Call.Range range -> past.found(range, range.revision() == 0 ? next : range.revision());
        };
    }

    private boolean holds(Compare compare) {
        var row = past.newest(compare.key());
        return switch (compare) {
            case Compare.Value value ->
                row.isPresent() && value.relation().holds(row.get().value().compareTo(value.operand()));
            case Compare.Count number -> {
                long found =
                        row.map(present -> number(present, number.target())).orElse(0L);
                yield number.relation().holds(Long.compare(found, number.operand()));
            }
        };
    }

    private static long number(Row row, Compare.Target target) {
        return switch (target) {
            case VERSION -> row.version();
            case CREATE -> row.create();
            case MOD -> row.mod();
            case LEASE -> row.lease();
        };
    }

    private Answer grant(Call.Grant grant) {
        if (leases.containsKey(grant.lease())) {
            return refused(Reason.LEASE_EXISTS);
        }
        var more = new HashMap<>(leases);
        more.put(grant.lease(), grant.seconds());
        leases = Map.copyOf(more);
        return done();
    }

    private Answer revoke(long lease) {
        if (!leases.containsKey(lease)) {
            return refused(Reason.LEASE_NOT_FOUND);
        }
        long next = revision() + 1;
        var events = new ArrayList<Event>();
        past.rows(Keys.ALL, next).stream()
                .filter(row -> row.lease() == lease)
                .forEach(row -> events.add(past.write(Row.deleted(row.key(), next))));
        past.commit(events);
        var fewer = new HashMap<>(leases);
        fewer.remove(lease);
        leases = Map.copyOf(fewer);
        return done();
    }

    private Answer compact(long revision) {
        if (revision > revision()) {
            return refused(Reason.FUTURE_REVISION);
        }
        if (revision <= compacted) {
            return refused(Reason.COMPACTED);
        }
        compacted = revision;
        return done();
    }
}
