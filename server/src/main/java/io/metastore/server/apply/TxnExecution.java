package io.metastore.server.apply;

import io.metastore.server.apply.Branch.Step;
import io.metastore.server.mvcc.MvccTxn;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Outcome.RangeDone;
import io.metastore.server.request.Outcome.Refused;
import io.metastore.server.request.Outcome.Result;
import io.metastore.server.request.Outcome.TxnDone;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs a transaction in three passes over the state before it: the comparisons of every nested transaction choose
/// the branches, then each chosen step is checked, and only then is anything written. So a refused transaction has
/// written nothing, and no comparison sees a write of its own transaction.
final class TxnExecution {
    private final Writers writers;
    private final KeyChange keys;

    TxnExecution(Writers writers) {
        this.writers = writers;
        this.keys = new KeyChange(writers);
    }

    Outcome run(Txn txn) {
        var state = writers.store().begin();
        var branch = Branch.choose(txn, state);
        var refusal = refusal(state, branch);
        if (refusal.isPresent()) {
            state.finish();
            return new Refused(refusal.get());
        }
        var results = results(state, branch);
        return new TxnDone(state.finish(), branch.succeeded(), results);
    }

    private Optional<Reason> refusal(MvccTxn state, Branch branch) {
        for (var step : branch.steps()) {
            var refusal = refusal(state, step);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<Reason> refusal(MvccTxn state, Step step) {
        return switch (step) {
            case Step.Read(var range) -> state.refusalInTxn(range);
            case Step.Write(var put) -> keys.refusal(state, put);
            case Step.Delete _ -> Optional.empty();
            case Step.Nested(var branch) -> refusal(state, branch);
        };
    }

    private List<Result> results(MvccTxn state, Branch branch) {
        var results = new ArrayList<Result>(branch.steps().size());
        for (var step : branch.steps()) {
            results.add(result(state, step));
        }
        return results;
    }

    /// The result of one step. Its revision is what etcd puts into the step's header: that of the transaction from
    /// the first write on, the one before until then.
    private Result result(MvccTxn state, Step step) {
        return switch (step) {
            case Step.Read(var range) -> read(state, range);
            case Step.Write(var put) -> keys.put(state, put);
            case Step.Delete(var delete) -> keys.delete(state, delete);
            case Step.Nested(var branch) -> {
                var results = results(state, branch);
                yield new TxnDone(state.revision(), branch.succeeded(), results);
            }
        };
    }

    private static Result read(MvccTxn state, Range range) {
        return switch (state.range(range)) {
            case RangeDone done -> done;
            case Outcome other -> throw new IllegalStateException("a checked range was not answered: " + other);
        };
    }
}
