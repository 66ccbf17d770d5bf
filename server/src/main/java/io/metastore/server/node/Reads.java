package io.metastore.server.node;

import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Consensus.Barrier;
import io.metastore.server.mvcc.MvccReads;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import io.metastore.server.trace.Span;
import io.metastore.server.trace.Tracing;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads of this member's state, after a barrier unless the reader can do with what is here. What the reader
/// may see is asked after the barrier too.
final class Reads {
    private final Consensus consensus;
    private final MvccStore store;
    private final Doorkeeper doorkeeper;
    private final RequestMeter meter;
    private final Tracing tracing;

    Reads(Consensus consensus, MvccStore store, Doorkeeper doorkeeper, RequestMeter meter, Tracing tracing) {
        this.tracing = tracing;
        this.consensus = consensus;
        this.store = store;
        this.meter = meter;
        this.doorkeeper = doorkeeper;
    }

    void read(Credentials who, Range query, Executor where, Consumer<Outcome> reply) {
        run(who, query, where, reply);
    }

    void read(Credentials who, Txn readOnly, Executor where, Consumer<Outcome> reply) {
        run(who, readOnly, where, reply);
    }

    /// Calls `ready`, on `where`, when a read here is linearizable; with the reason when it cannot be.
    void linearizable(Executor where, Consumer<Optional<Reason>> ready) {
        var request = tracing.current();
        if (request.isRecorded()) {
            // On this thread others may be answered, too, who wait for the same.
            request.aside(() -> consensus.awaitReadable(followed(request, where, ready)));
        } else {
            consensus.awaitReadable(barrier -> where.execute(() -> ready.accept(refusal(barrier))));
        }
    }

    private static Consumer<Barrier> followed(Span request, Executor where, Consumer<Optional<Reason>> ready) {
        var wait = request.child("read barrier");
        return barrier -> {
            var refusal = refusal(barrier);
            refusal.ifPresent(reason -> Refusal.tell(wait, reason));
            wait.end();
            request.over(where).execute(() -> ready.accept(refusal));
        };
    }

    private void run(Credentials who, Operation operation, Executor where, Consumer<Outcome> whenRead) {
        long start = System.nanoTime();
        Consumer<Outcome> reply = outcome -> {
            meter.read(operation, start, outcome);
            whenRead.accept(outcome);
        };
        if (isSerializable(operation)) {
            tracing.current().over(where).execute(() -> reply.accept(now(who, operation)));
        } else {
            linearizable(
                    where,
                    refusal -> reply.accept(
                            refusal.<Outcome>map(Outcome.Refused::new).orElseGet(() -> now(who, operation))));
        }
    }

    private Outcome now(Credentials who, Operation operation) {
        long start = System.nanoTime();
        var read = tracing.current().child("read");
        var outcome = now(who, operation, view -> evaluate(operation, view));
        Refusal.tell(read, outcome);
        read.end();
        meter.evaluated(operation, start, outcome);
        return outcome;
    }

    /// Reads this member's state as it is.
    Outcome now(Credentials who, Operation operation, Function<MvccReads, Outcome> read) {
        return doorkeeper.asks() ? guarded(who, operation, read) : now(read);
    }

    /// Rights are asked before the view is taken. Should they change before it is, it may hold what the reader
    /// must not see; so they are looked at again.
    private Outcome guarded(Credentials who, Operation operation, Function<MvccReads, Outcome> read) {
        var auth = doorkeeper.state();
        var refusal = doorkeeper.refuses(auth, who, access -> access.refusal(operation));
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        var outcome = now(read);
        boolean settled = doorkeeper.state().revision() == auth.revision() || who instanceof Credentials.Member;
        return settled ? outcome : new Outcome.Refused(Reason.OLD_AUTH_REVISION);
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

    private static boolean isSerializable(Operation operation) {
        return switch (operation) {
            case Range range -> range.serializable();
            case Txn txn -> isSerializable(txn);
            case Put _, DeleteRange _ -> throw notARead(operation);
        };
    }

    private static boolean isSerializable(Txn txn) {
        return Stream.concat(txn.success().stream(), txn.failure().stream())
                .allMatch(operation -> operation instanceof Range range && range.serializable());
    }

    private static Outcome evaluate(Operation operation, MvccReads reads) {
        return switch (operation) {
            case Range range -> reads.range(range);
            case Txn txn -> evaluate(txn, reads);
            case Put _, DeleteRange _ -> throw notARead(operation);
        };
    }

    private static IllegalArgumentException notARead(Operation operation) {
        return new IllegalArgumentException(
                "not a read: " + operation.getClass().getSimpleName());
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
