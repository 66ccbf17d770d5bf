package io.metastore.e2e.check;

import io.metastore.e2e.history.Operation;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Calls whose answers were lost: each may be taken once, at any time after its start, or never.
final class LostCalls {
    private final List<Operation> calls;
    private final BitSet taken = new BitSet();

    private LostCalls(List<Operation> calls) {
        this.calls = calls;
    }

    static LostCalls of(List<Operation> lost, List<Operation> more) {
        return new LostCalls(Stream.concat(lost.stream(), more.stream())
                .sorted(Comparator.comparingLong(Operation::start))
                .toList());
    }

    Operation call(int number) {
        return calls.get(number);
    }

    /// Those not yet taken that began before a time.
    List<Integer> before(long time) {
        return IntStream.range(0, calls.size())
                .takeWhile(number -> calls.get(number).start() < time)
                .filter(number -> !taken.get(number))
                .boxed()
                .toList();
    }

    void take(int number) {
        taken.set(number);
    }

    void putBack(int number) {
        taken.clear(number);
    }
}
