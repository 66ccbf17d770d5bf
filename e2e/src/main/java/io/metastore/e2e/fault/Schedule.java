package io.metastore.e2e.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/// Which incident comes when: all of them in a random order, then again in another one, so that each
/// comes as often as any other.
final class Schedule {
    private final Random random;
    private final List<Incident> kinds;
    private final List<Incident> waiting = new ArrayList<>();

    /// @param faults those that are possible
    Schedule(long seed, List<Fault> faults) {
        random = new Random(seed);
        kinds = incidents(faults);
    }

    /// Each of these faults alone, and each but the change of members itself while members change.
    static List<Incident> incidents(List<Fault> faults) {
        return Stream.concat(
                        faults.stream().map(Incident::alone),
                        faults.stream()
                                .filter(fault -> fault != Fault.MEMBERS_CHANGE)
                                .map(Incident::whileMembersChange))
                .toList();
    }

    /// These, one after the other, and again from the first.
    static IntFunction<List<Incident>> repeated(List<Incident> incidents) {
        var endless = Stream.generate(() -> incidents).flatMap(List::stream).iterator();
        return count -> Stream.generate(endless::next).limit(count).toList();
    }

    List<Incident> next(int count) {
        var next = new ArrayList<Incident>();
        while (next.size() < count) {
            if (waiting.isEmpty()) {
                waiting.addAll(kinds);
                Collections.shuffle(waiting, random);
            }
            next.add(waiting.removeLast());
        }
        return next;
    }
}
