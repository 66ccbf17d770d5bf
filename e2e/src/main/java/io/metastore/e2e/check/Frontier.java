package io.metastore.e2e.check;

import io.metastore.e2e.check.Verdict.Placed;
import io.metastore.e2e.check.Verdict.Violated;
import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Operation;
import io.metastore.e2e.history.Row;
import io.metastore.e2e.model.Store;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongFunction;

/// The furthest that a search has come: the call that did not fit there, and those that it contradicts. All
/// that came after it is of no matter: the history up to there has no order already.
final class Frontier {
    /// Who made which revision, in the order that has been found so far.
    ///
    /// @param count how many calls it has
    record Makers(int count, LongFunction<Optional<Placed>> of) {}

    private int furthest = -1;
    private Optional<Violated> violation = Optional.empty();

    Violated violation() {
        return violation.orElseThrow(() -> new IllegalStateException("nothing went wrong"));
    }

    /// A call whose answer no longer fits, whatever comes.
    void missed(Operation operation, Store store, Makers makers) {
        if (makers.count() <= furthest) {
            return;
        }
        furthest = makers.count();
        long revision = store.revision();
        var expected = expected(operation, store);
        var what = operation.answer() instanceof Answer.Done done && done.revision() < revision && !changes(done)
                ? "went back in time, behind revision " + revision
                : "at revision " + revision + " it would have been told " + expected;
        violation = Optional.of(new Violated(what, related(operation, expected, revision, makers)));
    }

    /// No call can come next.
    void stuck(Timeline timeline, Store store, Makers makers, Known known) {
        if (makers.count() <= furthest) {
            return;
        }
        furthest = makers.count();
        long revision = store.revision();
        long next = revision + 1;
        var nobody = "nobody can have made revision " + next + " " + known.rowsAt(next);
        if (timeline.isEmpty()) {
            var before = makers.of().apply(revision).map(Placed::operation);
            violation = Optional.of(new Violated(nobody, before.stream().toList()));
            return;
        }
        var first = timeline.mustComeFirst();
        var expected = expected(first, store);
        var what = next <= known.last() && known.owner(next).isEmpty()
                ? nobody
                : "it cannot come after revision " + revision + ", where it would have been told " + expected;
        violation = Optional.of(new Violated(what, related(first, expected, revision, makers)));
    }

    private static boolean changes(Answer.Done done) {
        return done.results().stream().anyMatch(Result::changed);
    }

    private static Answer expected(Operation operation, Store store) {
        if (operation.call() instanceof Call.Range range
                && range.serializable()
                && operation.answer() instanceof Answer.Done done
                && done.revision() <= store.revision()) {
            return store.readAt(range, done.revision());
        }
        var before = store.mark();
        var answer = store.apply(operation.call());
        store.back(before);
        return answer;
    }

    /// The call, and those that made the rows in which the answer differs from what is expected.
    private static List<Operation> related(Operation operation, Answer expected, long revision, Makers makers) {
        var told = rows(operation.answer());
        var right = rows(expected);
        var revisions = new TreeSet<Long>();
        told.stream().filter(row -> !right.contains(row)).forEach(row -> revisions.add(row.mod()));
        right.stream().filter(row -> !told.contains(row)).forEach(row -> revisions.add(row.mod()));
        revisions.add(revision);
        var found = new LinkedHashSet<Operation>();
        for (long made : revisions) {
            makers.of().apply(made).map(Placed::operation).ifPresent(found::add);
        }
        found.add(operation);
        return List.copyOf(found);
    }

    private static List<Row> rows(Answer answer) {
        var rows = new ArrayList<Row>();
        if (answer instanceof Answer.Done done) {
            done.results().forEach(result -> rows.addAll(result.rows()));
        }
        return rows;
    }
}
