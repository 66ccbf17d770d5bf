package io.metastore.e2e.check;

import io.metastore.e2e.history.Operation;
import java.util.ArrayList;
import java.util.List;

/// The answered calls that have no place in the order yet, by the times of their starts and ends. Which may
/// come next is told by time alone: those that began before the first of them had ended.
///
///     ├─ a ─┤
///        ├─ b ─────┤          next may be a or b, not c; once a is taken: b or c
///              ├─ c ─┤
///
/// A list of starts and ends, linked both ways, so that taking a call out and putting it back costs
/// nothing. Those that are put back come in the opposite order of those that were taken.
final class Timeline {
    private static final int HEAD = 0;

    /// Entry 1 + 2i is the start of call i, 2 + 2i its end.
    private final int[] next;

    private final int[] previous;
    private final List<Operation> operations;
    private int left;

    /// @param operations answered ones; their numbers here are their places in the list
    Timeline(List<Operation> operations) {
        this.operations = List.copyOf(operations);
        int entries = 2 * operations.size() + 1;
        next = new int[entries];
        previous = new int[entries];
        left = operations.size();
        var sorted = new ArrayList<Integer>();
        for (int entry = 1; entry < entries; entry++) {
            sorted.add(entry);
        }
        // At the same time starts come first: what touches is concurrent.
        sorted.sort((a, b) -> {
            int order = Long.compare(time(a), time(b));
            return order != 0 ? order : Boolean.compare(isEnd(a), isEnd(b));
        });
        int last = HEAD;
        for (int entry : sorted) {
            link(last, entry);
            last = entry;
        }
        link(last, HEAD);
    }

    boolean isEmpty() {
        return left == 0;
    }

    int left() {
        return left;
    }

    Operation operation(int number) {
        return operations.get(number);
    }

    /// The numbers of those that may come next, by their starts.
    List<Integer> candidates() {
        var found = new ArrayList<Integer>();
        for (int entry = next[HEAD]; entry != HEAD && !isEnd(entry); entry = next[entry]) {
            found.add((entry - 1) / 2);
        }
        return found;
    }

    /// The first of those that are left which must have happened: what begins later cannot come next.
    long firstEnd() {
        int entry = firstEndEntry();
        return entry == HEAD ? Long.MAX_VALUE : time(entry);
    }

    /// The one that ends first.
    Operation mustComeFirst() {
        return operations.get((firstEndEntry() - 1) / 2);
    }

    void take(int number) {
        unlink(1 + 2 * number);
        unlink(2 + 2 * number);
        left--;
    }

    void putBack(int number) {
        relink(2 + 2 * number);
        relink(1 + 2 * number);
        left++;
    }

    private int firstEndEntry() {
        int entry = next[HEAD];
        while (entry != HEAD && !isEnd(entry)) {
            entry = next[entry];
        }
        return entry;
    }

    private static boolean isEnd(int entry) {
        return entry % 2 == 0;
    }

    private long time(int entry) {
        var operation = operations.get((entry - 1) / 2);
        return isEnd(entry) ? operation.end() : operation.start();
    }

    private void link(int first, int second) {
        next[first] = second;
        previous[second] = first;
    }

    private void unlink(int entry) {
        link(previous[entry], next[entry]);
    }

    private void relink(int entry) {
        int before = previous[entry];
        int after = next[entry];
        next[before] = entry;
        previous[after] = entry;
    }
}
