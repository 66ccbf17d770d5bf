package io.metastore.server.fault;

import java.time.Duration;
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

    /// The longest time in which no write was acknowledged, from a moment to the last acknowledged write.
    Duration longestPauseSince(long moment) {
        long before = moment;
        long longest = 0;
        for (long end : writesAcknowledgedSince(moment)) {
            longest = Math.max(longest, end - before);
            before = end;
        }
        return Duration.ofNanos(longest);
    }

    private long[] writesAcknowledgedSince(long moment) {
        return operations.stream()
                .filter(operation -> operation.end() >= moment)
                .filter(operation -> operation.answer() instanceof Operation.Answer.Written)
                .mapToLong(Operation::end)
                .sorted()
                .toArray();
    }
}
