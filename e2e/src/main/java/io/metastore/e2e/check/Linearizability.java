package io.metastore.e2e.check;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Event;
import io.metastore.e2e.history.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Whether there is an order of all answered calls, and of some of those whose answers were lost, in which
/// one store would have told the same, and in which no call stands before another that had ended when it
/// began.
///
/// A search in depth over that order, as Wing and Gong have described it and Lowe has made it fast (states
/// that failed once are not tried again). What keeps it short is that answers tell revisions: an answered
/// write can only stand at its revision, and a lost one is tried only where a revision is left that nobody
/// was told to have made.
///
///     client 1   put a=1 ├───┤ revision 2
///     client 2            put a=2 ├──── lost
///     client 3                        read a ├───┤ a=2, revision 3        → the lost one made revision 3
public final class Linearizability {
    private static final long STEPS = 20_000_000;

    private Linearizability() {}

    /// Looks for an order.
    ///
    /// @param operations of all clients, from the store's first revision on; in any order
    public static Verdict check(List<Operation> operations) {
        return check(operations, Map.of());
    }

    /// As above, with more knowledge of what happened.
    ///
    /// @param persisted revisions of which all changes are known, for example from a watch of all keys
    public static Verdict check(List<Operation> operations, Map<Long, List<Event>> persisted) {
        var answered = operations.stream()
                .filter(operation -> !operation.lost())
                .sorted(Comparator.comparingLong(Operation::start))
                .toList();
        var known = new Known(answered, persisted);
        return known.contradiction()
                .map(Verdict.class::cast)
                .orElseGet(() -> new Search(new Timeline(answered), lost(operations, answered), known, STEPS).run());
    }

    /// Lost calls that can have changed something, and the ends of leases: as nobody tells when they come,
    /// they are calls whose answers are lost. A lease lives at least as long as it was told, since the last
    /// time it was kept alive.
    private static LostCalls lost(List<Operation> operations, List<Operation> answered) {
        var lost = operations.stream()
                .filter(Operation::lost)
                .filter(operation -> !(operation.call() instanceof Call.Range))
                .filter(operation -> !(operation.call() instanceof Call.KeepAlive));
        var keptAlive = answered.stream()
                .filter(operation -> operation.answer() instanceof Answer.Done)
                .filter(operation -> operation.call() instanceof Call.KeepAlive)
                .toList();
        return LostCalls.of(lost.toList(), ExpiredLeases.of(operations, keptAlive));
    }
}
