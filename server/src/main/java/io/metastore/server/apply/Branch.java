package io.metastore.server.apply;

import io.metastore.server.mvcc.MvccReads;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Txn;
import java.util.List;

/// The branch of a transaction that its comparisons chose, with those of the transactions nested in it. What was not
/// chosen is not in it.
///
///     if a: [put, (if b: [x] else: [y])] else: [z]      a holds, b does not   →   [put, [y]]
record Branch(boolean succeeded, List<Step> steps) {
    sealed interface Step {
        record Read(Range range) implements Step {}

        record Write(Put put) implements Step {}

        record Delete(DeleteRange delete) implements Step {}

        record Nested(Branch branch) implements Step {}
    }

    static Branch choose(Txn txn, MvccReads state) {
        boolean succeeded = state.holds(txn.compares());
        var operations = succeeded ? txn.success() : txn.failure();
        return new Branch(
                succeeded,
                operations.stream().map(operation -> step(operation, state)).toList());
    }

    private static Step step(Operation operation, MvccReads state) {
        return switch (operation) {
            case Range range -> new Step.Read(range);
            case Put put -> new Step.Write(put);
            case DeleteRange delete -> new Step.Delete(delete);
            case Txn nested -> new Step.Nested(choose(nested, state));
        };
    }
}
