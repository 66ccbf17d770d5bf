package io.metastore.e2e.check;

import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Leases that end by themselves, as calls of nobody that revoke them: each may come when its time has
/// passed.
final class ExpiredLeases {
    /// The client of such a call.
    private static final int NOBODY = -1;

    private ExpiredLeases() {}

    /// @param keptAlive answered calls that found their lease alive
    static List<Operation> of(List<Operation> operations, List<Operation> keptAlive) {
        var last = new HashMap<Long, Long>();
        for (var operation : keptAlive) {
            if (operation.call() instanceof Call.KeepAlive alive) {
                last.merge(alive.lease(), operation.start(), Math::max);
            }
        }
        var ends = new ArrayList<Operation>();
        for (var operation : operations) {
            if (operation.call() instanceof Call.Grant grant && !(operation.answer() instanceof Answer.Refused)) {
                long alive = Math.max(operation.start(), last.getOrDefault(grant.lease(), Long.MIN_VALUE));
                long earliest = alive + TimeUnit.SECONDS.toNanos(grant.seconds());
                ends.add(new Operation(
                        NOBODY,
                        "its time",
                        earliest,
                        Long.MAX_VALUE,
                        new Call.Revoke(grant.lease()),
                        new Answer.Lost("nobody asked")));
            }
        }
        return ends;
    }
}
