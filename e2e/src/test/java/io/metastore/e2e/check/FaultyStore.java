package io.metastore.e2e.check;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Reason;
import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.Keys;
import io.metastore.e2e.history.Row;
import io.metastore.e2e.model.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// The model of the store, with a defect that shows once, after some calls.
final class FaultyStore {
    /// So many revisions that not all who made them can be under way at the same time.
    private static final int OLD = 30;

    private final Store store = new Store();
    private final Defect defect;
    private final Random random;
    private int healthyCalls;
    private int sinceCompaction;
    private boolean shown;

    /// @param healthyCalls how many calls come before the defect may show
    FaultyStore(Defect defect, Random random, int healthyCalls) {
        this.defect = defect;
        this.random = random;
        this.healthyCalls = healthyCalls;
    }

    /// Whether the defect has done something that clients can see.
    boolean shown() {
        return shown;
    }

    /// All changes that the store has kept, as a watch of all keys would tell them.
    Map<Long, List<Event>> persisted() {
        return LongStream.rangeClosed(2, store.revision())
                .boxed()
                .collect(Collectors.toMap(
                        revision -> revision, revision -> store.past().changes(revision)));
    }

    long revision() {
        return store.revision();
    }

    /// Whether a lease ends before its time.
    boolean endsEarly(long lease) {
        boolean ends = defect == Defect.LEASE_ENDS_EARLY
                && !shown
                && store.revision() > healthyCalls
                && store.past().rows(Keys.ALL, store.revision()).stream().anyMatch(row -> row.lease() == lease);
        shown |= ends;
        return ends;
    }

    Answer apply(Call call, boolean answered) {
        sinceCompaction = call instanceof Call.Compact ? 0 : sinceCompaction + 1;
        if (healthyCalls-- > 0 || shown) {
            return healthy(call);
        }
        var before = store.mark();
        var broken = broken(call, answered);
        shown = broken.isPresent();
        if (broken.isEmpty()) {
            store.back(before);
        }
        return broken.orElseGet(() -> healthy(call));
    }

    private Answer healthy(Call call) {
        if (call instanceof Call.Range range && range.serializable() && range.revision() == 0) {
            return store.readAt(range, Math.max(1, store.revision() - random.nextInt(5)));
        }
        return store.apply(call);
    }

    /// The defect's answer, or nothing when this call does not show it; then all that was done is taken
    /// back.
    private Optional<Answer> broken(Call call, boolean answered) {
        return switch (defect) {
            case NONE, LEASE_ENDS_EARLY -> Optional.empty();
            case STALE_READ ->
                reading(call)
                        .filter(_ -> store.revision() > OLD && answered)
                        .map(range -> store.readAt(range, store.revision() - OLD));
            case OLD_ROWS ->
                reading(call).filter(_ -> store.revision() > OLD && answered).flatMap(this::oldRows);
            case LOST_WRITE ->
                written(call, answered).map(answer -> {
                    var _ = takenBack();
                    return answer;
                });
            case REVISION_GOES_BACK ->
                written(call, answered).map(answer -> {
                    store.back(new Store.Mark(
                            store.revision() - 3,
                            store.mark().leases(),
                            store.mark().compacted()));
                    return answer;
                });
            case DUPLICATED_TXN -> txn(call).flatMap(txn -> twice(txn));
            case WRONG_PREVIOUS ->
                call instanceof Call.Put put && put.previous() && answered ? wrongPrevious(put) : Optional.empty();
            case WRONG_BRANCH -> txn(call).filter(_ -> answered).flatMap(this::wrongBranch);
            case TORN_TXN ->
                txn(call).filter(txn -> txn.success().size() > 1 && answered).flatMap(this::torn);
            case COMPACTED_READ_ANSWERED ->
                call instanceof Call.Range range
                                && answered
                                && sinceCompaction > OLD
                                && store.apply(call).equals(new Answer.Refused(Reason.COMPACTED))
                        ? Optional.of(
                                store.readAt(new Call.Range(range.keys(), range.revision(), 0, true), store.revision()))
                        : Optional.empty();
            case KEYS_OUTLIVE_THEIR_LEASE ->
                call instanceof Call.Revoke revoke && answered ? keyStays(revoke.lease()) : Optional.empty();
            case REFUSED_AND_DONE ->
                call instanceof Call.Put put && put.lease() == 0 && answered ? refusedAndDone(put) : Optional.empty();
            case MISSING_ROW -> reading(call).filter(_ -> answered).flatMap(this::missingRow);
            case WRONG_COUNT -> reading(call).filter(_ -> answered).flatMap(this::wrongCount);
            case SERIALIZABLE_MIXTURE ->
                call instanceof Call.Range range && range.serializable() && answered
                        ? mixture(range)
                        : Optional.empty();
            case WRONG_VERSION -> reading(call).filter(_ -> answered).flatMap(this::wrongVersion);
            case LOST_CALL_HAPPENS_TWICE -> call instanceof Call.Put && !answered ? twice(call) : Optional.empty();
        };
    }

    private static Optional<Call.Range> reading(Call call) {
        return call instanceof Call.Range range && !range.serializable() && range.revision() == 0
                ? Optional.of(range)
                : Optional.empty();
    }

    private static Optional<Call.Txn> txn(Call call) {
        return call instanceof Call.Txn txn ? Optional.of(txn) : Optional.empty();
    }

    private Optional<Answer> written(Call call, boolean answered) {
        return call instanceof Call.Put
                        && answered
                        && store.apply(call) instanceof Answer.Done done
                        && done.revision() > 8
                ? Optional.of(done)
                : Optional.empty();
    }

    private long takenBack() {
        var mark = store.mark();
        store.back(new Store.Mark(mark.revision() - 1, mark.leases(), mark.compacted()));
        return store.revision();
    }

    private Optional<Answer> oldRows(Call.Range range) {
        var old = store.readAt(range, store.revision() - OLD);
        var right = store.readAt(range, store.revision());
        return old.results().equals(right.results())
                ? Optional.empty()
                : Optional.of(new Answer.Done(right.revision(), true, old.results()));
    }

    private Optional<Answer> twice(Call call) {
        long before = store.revision();
        if (!(store.apply(call) instanceof Answer.Done) || store.revision() == before) {
            return Optional.empty();
        }
        long between = store.revision();
        var answer = store.apply(call);
        return store.revision() == between ? Optional.empty() : Optional.of(answer);
    }

    private Optional<Answer> wrongPrevious(Call.Put put) {
        if (!(store.apply(put) instanceof Answer.Done done)) {
            return Optional.empty();
        }
        var previous = new Result.Written(Optional.of(new Row(put.key(), "never", 2, 2, 1, 0)));
        return Optional.of(new Answer.Done(done.revision(), true, List.of(previous)));
    }

    private Optional<Answer> wrongBranch(Call.Txn txn) {
        var before = store.mark();
        boolean right = store.apply(txn) instanceof Answer.Done done && done.succeeded();
        store.back(before);
        var other = store.apply(new Call.Txn(List.of(), txn.steps(!right), List.of()));
        return other instanceof Answer.Done(long revision, boolean _, List<Result> results)
                ? Optional.of(new Answer.Done(revision, !right, results))
                : Optional.empty();
    }

    private Optional<Answer> torn(Call.Txn txn) {
        var before = store.mark();
        var right = store.apply(txn);
        store.back(before);
        if (!(right instanceof Answer.Done done) || !done.succeeded()) {
            return Optional.empty();
        }
        var _ = store.apply(txn.success().getFirst());
        return Optional.of(right);
    }

    private Optional<Answer> keyStays(long lease) {
        var key = store.past().rows(Keys.ALL, store.revision()).stream()
                .filter(row -> row.lease() == lease)
                .findFirst();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        // The key loses its lease silently and stays.
        var put = new Call.Put(key.get().key(), key.get().value(), 0, false);
        var answer = store.apply(new Call.Revoke(lease));
        var _ = store.apply(put);
        return Optional.of(answer);
    }

    private Optional<Answer> refusedAndDone(Call.Put put) {
        var _ = store.apply(put);
        return Optional.of(new Answer.Refused(Reason.LEASE_NOT_FOUND));
    }

    private Optional<Answer> missingRow(Call.Range range) {
        var right = store.readAt(range, store.revision());
        return rows(right).isEmpty()
                ? Optional.empty()
                : Optional.of(answer(
                        right,
                        rows(right).subList(1, rows(right).size()),
                        rows(right).size() - 1));
    }

    private Optional<Answer> wrongCount(Call.Range range) {
        var right = store.readAt(range, store.revision());
        return Optional.of(answer(right, rows(right), rows(right).size() + 1));
    }

    private Optional<Answer> wrongVersion(Call.Range range) {
        var right = store.readAt(range, store.revision());
        if (rows(right).isEmpty()) {
            return Optional.empty();
        }
        var rows = new ArrayList<>(rows(right));
        var first = rows.removeFirst();
        rows.addFirst(
                new Row(first.key(), first.value(), first.create(), first.mod(), first.version() + 1, first.lease()));
        return Optional.of(answer(right, rows, rows.size()));
    }

    private Optional<Answer> mixture(Call.Range range) {
        long revision = store.revision();
        if (revision < 12) {
            return Optional.empty();
        }
        var right = store.readAt(range, revision);
        var old = store.readAt(range, revision - 10);
        if (rows(right).size() < 2
                || rows(old).size() != rows(right).size()
                || rows(old).getFirst().equals(rows(right).getFirst())) {
            return Optional.empty();
        }
        var rows = new ArrayList<>(rows(right));
        rows.set(0, rows(old).getFirst());
        return Optional.of(answer(right, rows, rows.size()));
    }

    private static List<Row> rows(Answer.Done answer) {
        return answer.results().getFirst().rows();
    }

    private static Answer answer(Answer.Done right, List<Row> rows, long count) {
        return new Answer.Done(right.revision(), true, List.of(new Result.Found(rows, count, false)));
    }
}
