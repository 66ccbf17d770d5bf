package io.metastore.e2e.fault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Which fault comes when: all kinds in a random order, then again in another one, so that each comes as
/// often as any other.
final class Schedule {
    private final Random random;
    private final List<Fault> kinds;
    private final List<Fault> waiting = new ArrayList<>();

    /// @param disks whether faults of disks are possible
    Schedule(long seed, boolean disks) {
        random = new Random(seed);
        kinds = Arrays.stream(Fault.values())
                .filter(fault -> disks || !fault.needsDisk())
                .toList();
    }

    List<Fault> next(int count) {
        var next = new ArrayList<Fault>();
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
