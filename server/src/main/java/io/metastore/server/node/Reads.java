package io.metastore.server.node;

import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Consensus.Barrier;
import io.metastore.server.mvcc.MvccReads;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads of this member's state, after a barrier unless the reader can do with what is here.
final class Reads {
    private final Consensus consensus;
    private final MvccStore store;

    Reads(Consensus consensus, MvccStore store) {
        this.consensus = consensus;
        this.store = store;
    }

    void read(Range query, Executor where, Consumer<Outcome> reply) {
        run(query.serializable(), where, reply, reads -> reads.range(query));
    }

    void read(Txn readOnly, Executor where, Consumer<Outcome> reply) {
        run(isSerializable(readOnly), where, reply, reads -> evaluate(readOnly, reads));
    }

    /// Calls `ready`, on `where`, when a read here is linearizable; with the reason when it cannot be.
    void linearizable(Executor where, Consumer<Optional<Reason>> ready) {
        consensus.awaitReadable(barrier -> where.execute(() -> ready.accept(refusal(barrier))));
    }

    private void run(boolean serializable, Executor where, Consumer<Outcome> reply, Function<MvccReads, Outcome> read) {
        if (serializable) {
            where.execute(() -> reply.accept(now(read)));
        } else {
            linearizable(
                    where,
                    refusal -> reply.accept(
                            refusal.<Outcome>map(Outcome.Refused::new).orElseGet(() -> now(read))));
        }
    }

    private Outcome now(Function<MvccReads, Outcome> read) {
        try (var view = store.view()) {
            return read.apply(view);
        }
    }

    private static Optional<Reason> refusal(Barrier barrier) {
        return switch (barrier) {
            case Barrier.Passed _ -> Optional.empty();
            case Barrier.Refused(var reason) -> Optional.of(reason);
        };
    }

    private static boolean isSerializable(Txn txn) {
        return Stream.concat(txn.success().stream(), txn.failure().stream())
                .allMatch(operation -> operation instanceof Range range && range.serializable());
    }

    /// A transaction of reads: as if it were applied, but nothing of it needs the log.
    private static Outcome evaluate(Txn txn, MvccReads reads) {
        boolean succeeded = reads.holds(txn.compares());
        var ranges = (succeeded ? txn.success() : txn.failure())
                .stream().map(Range.class::cast).toList();
        for (var range : ranges) {
            var refusal = reads.refusalInTxn(range);
            if (refusal.isPresent()) {
                return new Outcome.Refused(refusal.get());
            }
        }
        return new Outcome.TxnDone(
                reads.revision(),
                succeeded,
                ranges.stream()
                        .map(range -> (Outcome.Result) reads.range(range))
                        .toList());
    }
}
