package io.metastore.e2e.check;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Result;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.Operation;
import io.metastore.e2e.history.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What answers and watches tell about the revisions that made what they show: it leaves few calls whose
/// answer was lost that can have made a revision.
///
///     a read at 9 shows a=x@5     → revision 5 wrote a=x; 6, 7, 8 and 9 did not change a
final class Known {
    private final List<Operation> operations;
    private final Map<Long, Map<String, Row>> rows = new HashMap<>();
    private final Map<Long, List<Event>> whole;
    private final Map<String, TreeMap<Long, Long>> unchangedUntil = new HashMap<>();
    private final Map<Long, Integer> owners = new HashMap<>();
    private final Map<Row, Operation> witnesses = new HashMap<>();
    private Optional<Verdict.Violated> contradiction = Optional.empty();
    private long last = 1;

    /// @param operations by their numbers
    /// @param persisted revisions of which all changes are known; others may be missing
    Known(List<Operation> operations, Map<Long, List<Event>> persisted) {
        this.operations = List.copyOf(operations);
        whole = persisted;
        persisted.forEach((revision, events) -> {
            last = Math.max(last, revision);
            events.forEach(event -> row(event.row(), Optional.empty()));
        });
        for (int number = 0; number < operations.size(); number++) {
            learn(number, operations.get(number));
        }
    }

    /// Two answers that no store can have given.
    Optional<Verdict.Violated> contradiction() {
        return contradiction;
    }

    /// The greatest revision that is known to exist.
    long last() {
        return last;
    }

    /// The number of the answered call that made this revision, if that is known.
    Optional<Integer> owner(long revision) {
        return Optional.ofNullable(owners.get(revision));
    }

    /// Whether these may be all the changes of a revision, as far as watches tell.
    boolean wasSeen(long revision, List<Event> events) {
        var all = whole.get(revision);
        return all == null || (rowsOf(all).equals(rowsOf(events)) && all.size() == events.size());
    }

    /// Whether these may be all the changes of a revision, as far as anything tells.
    boolean allows(long revision, List<Event> events) {
        return wasSeen(revision, events)
                && events.stream().allMatch(event -> mayChange(event.row().key(), revision))
                && rowsOf(events).containsAll(rowsAt(revision));
    }

    /// What is known of the rows that a revision made.
    Collection<Row> rowsAt(long revision) {
        return rows.getOrDefault(revision, Map.of()).values();
    }

    private boolean mayChange(String key, long revision) {
        var seen = unchangedUntil.get(key);
        var before = seen == null ? null : seen.lowerEntry(revision);
        return before == null || before.getValue() < revision;
    }

    private static Set<Row> rowsOf(List<Event> events) {
        var found = new HashSet<Row>();
        events.forEach(event -> found.add(event.row()));
        return found;
    }

    private void learn(int number, Operation operation) {
        if (!(operation.answer() instanceof Answer.Done(long revision, boolean succeeded, List<Result> results))) {
            return;
        }
        last = Math.max(last, revision);
        boolean changed = results.stream().anyMatch(Result::changed);
        if (changed) {
            own(revision, number);
        }
        var steps = operation.call().steps(succeeded);
        // What a call that changes something sees may be what it changes itself.
        long until = changed ? revision - 1 : revision;
        for (int i = 0; i < results.size(); i++) {
            boolean newest = !(steps.get(i) instanceof Call.Range range) || range.revision() == 0;
            results.get(i).rows().forEach(row -> seen(row, newest ? until : row.mod(), operation));
        }
    }

    private void own(long revision, int number) {
        var other = owners.putIfAbsent(revision, number);
        if (other != null) {
            contradicts(
                    "two calls were told that they made revision " + revision,
                    Optional.of(operations.get(other)),
                    operations.get(number));
        }
    }

    /// A row was there, as it is, at a revision.
    private void seen(Row row, long revision, Operation operation) {
        row(row, Optional.of(operation));
        unchangedUntil
                .computeIfAbsent(row.key(), _ -> new TreeMap<>())
                .merge(row.mod(), Math.max(row.mod(), revision), Math::max);
    }

    private void row(Row row, Optional<Operation> witness) {
        last = Math.max(last, row.mod());
        var other = rows.computeIfAbsent(row.mod(), _ -> new TreeMap<>()).putIfAbsent(row.key(), row);
        if (other == null) {
            witness.ifPresent(operation -> witnesses.put(row, operation));
        } else if (!other.equals(row) && witness.isPresent()) {
            contradicts(
                    "revision " + row.mod() + " has " + other + ", and here " + row,
                    Optional.ofNullable(witnesses.get(other)),
                    witness.get());
        }
    }

    private void contradicts(String what, Optional<Operation> first, Operation second) {
        if (contradiction.isEmpty()) {
            contradiction = Optional.of(new Verdict.Violated(
                    what, Stream.concat(first.stream(), Stream.of(second)).toList()));
        }
    }
}
