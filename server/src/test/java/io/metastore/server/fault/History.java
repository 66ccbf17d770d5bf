package io.metastore.server.fault;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// All operations of all clients. Any thread may add.
final class History {
    private final ConcurrentLinkedQueue<Operation> operations = new ConcurrentLinkedQueue<>();

    void add(Operation operation) {
        operations.add(operation);
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /// Acknowledged writes whose call began after this time.
    long writesSince(long start) {
        return operations.stream()
                .filter(operation -> operation.start() >= start)
                .filter(operation -> operation.answer() instanceof Operation.Answer.Written)
                .count();
    }
}
