package io.metastore.server.upkeep;

import java.util.ArrayList;
import java.util.List;

/// Timers with the earliest `wake` first. A timer knows its place, so that one that is no longer needed is
/// taken out in logarithmic time instead of staying behind. A binary heap in an array: the children of `i`
/// are `2i + 1` and `2i + 2`.
final class TimerHeap {
    private final List<LeaseTimer> heap = new ArrayList<>();

    boolean isEmpty() {
        return heap.isEmpty();
    }

    int size() {
        return heap.size();
    }

    /// The timer to look at first, or that is looked at first among equals.
    ///
    /// @throws IndexOutOfBoundsException when there is none
    LeaseTimer first() {
        return heap.getFirst();
    }

    /// Adds a timer that is in no heap, at its `wake`.
    void add(LeaseTimer timer) {
        put(timer, heap.size());
        up(timer);
    }

    /// Adds timers that are in no heap; linear in the size of the whole.
    void addAll(List<LeaseTimer> timers) {
        timers.forEach(timer -> put(timer, heap.size()));
        for (int place = heap.size() / 2 - 1; place >= 0; place--) {
            down(heap.get(place));
        }
    }

    /// Takes a timer out; one that is in no heap is left alone.
    void remove(LeaseTimer timer) {
        int place = timer.place;
        if (place < 0) {
            return;
        }
        timer.place = -1;
        var last = heap.removeLast();
        if (last != timer) {
            put(last, place);
            up(last);
            down(last);
        }
    }

    private void up(LeaseTimer timer) {
        int place = timer.place;
        while (place > 0) {
            int parent = (place - 1) / 2;
            var above = heap.get(parent);
            if (above.wake <= timer.wake) {
                break;
            }
            put(above, place);
            place = parent;
        }
        put(timer, place);
    }

    private void down(LeaseTimer timer) {
        int place = timer.place;
        for (int child = earlierChild(place); child < heap.size(); child = earlierChild(place)) {
            var below = heap.get(child);
            if (timer.wake <= below.wake) {
                break;
            }
            put(below, place);
            place = child;
        }
        put(timer, place);
    }

    private int earlierChild(int place) {
        int left = 2 * place + 1;
        int right = left + 1;
        return right < heap.size() && heap.get(right).wake < heap.get(left).wake ? right : left;
    }

    private void put(LeaseTimer timer, int place) {
        if (place == heap.size()) {
            heap.add(timer);
        } else {
            heap.set(place, timer);
        }
        timer.place = place;
    }
}
