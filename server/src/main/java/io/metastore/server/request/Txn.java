package io.metastore.server.request;

import java.util.List;

/// Runs `success` when every comparison holds on the state before the transaction, else `failure`; all changes of it
/// have one revision.
public record Txn(List<Compare> compares, List<Operation> success, List<Operation> failure)
        implements Operation, Command {
    /// Whether both branches hold reads only, so that it needs no entry in the log.
    public boolean isReadOnly() {
        return success.stream().noneMatch(Operation::writes) && failure.stream().noneMatch(Operation::writes);
    }
}
