package io.metastore.server.fault;

import io.metastore.server.fault.Operation.Answer;
import io.metastore.server.fault.Operation.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Decides whether a history is linearizable, for the whole store at once.
///
/// In general that needs a search over orders. Here every answer names a revision, and the cluster keeps the order of
/// its changes, so the order is given and only has to be checked:
///
/// - each acknowledged write is in that order, at its revision, once; what was not asked for is not in it;
/// - each read, and each swap, fits the state just before it in that order;
/// - the order agrees with time: a call that began after another one had ended comes after it.
///
///     client 1   put a=1 ├────┤ revision 5
///     client 2                    read a ├───┤ revision 4      ← went back in time
final class HistoryCheck {
    private final List<Operation> operations;
    private final Map<String, TreeMap<Long, Version>> versions = new HashMap<>();
    private final Map<String, Change> byValue = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    private HistoryCheck(Collection<Operation> operations) {
        this.operations = List.copyOf(operations);
    }

    /// What is wrong, one sentence each; empty when the history is linearizable.
    ///
    /// @param changes every put since the store was made, in the cluster's order
    static List<String> violations(Collection<Operation> operations, List<Change> changes) {
        var check = new HistoryCheck(operations);
        check.index(changes);
        check.everyChangeWasAskedFor();
        check.operations.forEach(check::answerFitsTheOrder);
        check.orderAgreesWithTime();
        return List.copyOf(check.violations);
    }

    private void index(List<Change> changes) {
        long before = 0;
        for (var change : changes) {
            if (change.revision() <= before) {
                violations.add("revision " + change.revision() + " comes after " + before);
            }
            before = change.revision();
            versions.computeIfAbsent(change.key(), _ -> new TreeMap<>())
                    .put(change.revision(), new Version(change.value(), change.revision()));
            var earlier = byValue.putIfAbsent(change.value(), change);
            if (earlier != null) {
                violations.add("written twice: " + change + " and " + earlier);
            }
        }
    }

    private void everyChangeWasAskedFor() {
        var asked = new HashMap<String, String>();
        operations.forEach(operation -> value(operation.call())
                .ifPresent(value -> asked.put(value, operation.call().key())));
        for (var change : byValue.values()) {
            if (!change.key().equals(asked.get(change.value()))) {
                violations.add("nobody wrote " + change);
            }
        }
    }

    private void answerFitsTheOrder(Operation operation) {
        switch (operation.answer()) {
            case Answer.Written(long revision) -> acknowledgedWriteIsThere(operation, revision);
            case Answer.Seen(long revision, Version version) -> readFits(operation, revision, version);
            case Answer.Lost() -> {}
        }
        if (operation.call() instanceof Call.Swap swap) {
            swapFits(operation, swap);
        }
    }

    private void acknowledgedWriteIsThere(Operation operation, long revision) {
        var change = value(operation.call()).map(byValue::get).orElse(null);
        if (change == null) {
            violations.add("acknowledged write is lost: " + operation);
        } else if (change.revision() != revision) {
            violations.add("acknowledged at another revision than it has, " + change + ": " + operation);
        }
    }

    private void readFits(Operation operation, long revision, Version seen) {
        var expected = versionAt(operation.call().key(), revision);
        if (!seen.equals(expected)) {
            violations.add("saw " + seen + " where the store had " + expected + ": " + operation);
        }
    }

    /// A swap that happened found the version that it expected; one that was refused did not happen.
    private void swapFits(Operation operation, Call.Swap swap) {
        var change = byValue.get(swap.value());
        boolean refused = operation.answer() instanceof Answer.Seen;
        if (refused && change != null) {
            violations.add("refused and yet done, " + change + ": " + operation);
        }
        if (operation.answer() instanceof Answer.Seen(long _, Version version)
                && version.modRevision() == swap.expected()) {
            violations.add("refused although it found what it expected: " + operation);
        }
        if (!refused && change != null) {
            var before = versionAt(swap.key(), change.revision() - 1);
            if (before.modRevision() != swap.expected()) {
                violations.add("done on " + before + ": " + operation);
            }
        }
    }

    /// Goes through the calls in the order of their starts, and keeps the highest revision of those that had ended by
    /// then.
    private void orderAgreesWithTime() {
        var byStart = operations.stream()
                .sorted(Comparator.comparingLong(Operation::start))
                .toList();
        var byEnd = operations.stream()
                .filter(operation -> !(operation.answer() instanceof Answer.Lost))
                .sorted(Comparator.comparingLong(Operation::end))
                .toList();
        long highest = 0;
        int ended = 0;
        for (var operation : byStart) {
            while (ended < byEnd.size() && byEnd.get(ended).end() < operation.start()) {
                highest = Math.max(highest, place(byEnd.get(ended)).orElse(0));
                ended++;
            }
            long least = isWrite(operation) ? highest + 1 : highest;
            long place = place(operation).orElse(Long.MAX_VALUE);
            if (place < least) {
                violations.add("went back in time, behind revision " + highest + ": " + operation);
            }
        }
    }

    /// Where the operation stands in the order; nothing for a lost one that did not happen.
    private OptionalLong place(Operation operation) {
        return switch (operation.answer()) {
            case Answer.Written(long revision) -> OptionalLong.of(revision);
            case Answer.Seen(long revision, Version _) -> OptionalLong.of(revision);
            case Answer.Lost() ->
                value(operation.call())
                        .map(byValue::get)
                        .map(change -> OptionalLong.of(change.revision()))
                        .orElseGet(OptionalLong::empty);
        };
    }

    private static boolean isWrite(Operation operation) {
        return !(operation.call() instanceof Call.Read) && !(operation.answer() instanceof Answer.Seen);
    }

    private Version versionAt(String key, long revision) {
        var history = versions.get(key);
        var entry = history == null ? null : history.floorEntry(revision);
        return entry == null ? Version.NONE : entry.getValue();
    }

    private static Optional<String> value(Call call) {
        return switch (call) {
            case Call.Put(String _, String value) -> Optional.of(value);
            case Call.Swap(String _, long _, String value) -> Optional.of(value);
            case Call.Read _ -> Optional.empty();
        };
    }
}
