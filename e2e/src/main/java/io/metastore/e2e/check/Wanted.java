package io.metastore.e2e.check;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Reason;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which lost calls that make no revision could help the calls that wait: without such a wish there is no
/// sense in trying them, and every one doubles the search.
///
/// @param granted leases that must be there
/// @param gone leases that must not be there
/// @param compacted whether something must have been forgotten
record Wanted(Set<Long> granted, Set<Long> gone, boolean compacted) {
    static Wanted by(List<Operation> waiting) {
        var granted = new HashSet<Long>();
        var gone = new HashSet<Long>();
        boolean compacted = false;
        for (var operation : waiting) {
            boolean done = operation.answer() instanceof Answer.Done;
            (done ? granted : gone).addAll(leases(operation.call()));
            if (done && operation.call() instanceof Call.Grant(long lease, long _)) {
                gone.add(lease);
            }
            if (!done && operation.call() instanceof Call.Grant(long lease, long _)) {
                granted.add(lease);
            }
            compacted |= operation.answer().equals(new Answer.Refused(Reason.COMPACTED));
        }
        return new Wanted(granted, gone, compacted);
    }

    boolean any() {
        return compacted || !granted.isEmpty() || !gone.isEmpty();
    }

    /// @param gap whether a revision must be made that may need the lease of a lost grant
    boolean has(Call call, boolean gap) {
        return switch (call) {
            case Call.Grant(long lease, long _) -> gap || granted.contains(lease);
            case Call.Revoke(long lease) -> gone.contains(lease);
            case Call.Compact _ -> compacted;
            case Call.Step _, Call.Txn _, Call.KeepAlive _ -> false;
        };
    }

    private static Set<Long> leases(Call call) {
        var found = new HashSet<Long>();
        for (boolean branch : List.of(true, false)) {
            for (var step : call.steps(branch)) {
                if (step instanceof Call.Put put && put.lease() != 0) {
                    found.add(put.lease());
                }
            }
        }
        if (call instanceof Call.Revoke(long lease)) {
            found.add(lease);
        }
        if (call instanceof Call.KeepAlive(long lease)) {
            found.add(lease);
        }
        return found;
    }
}
