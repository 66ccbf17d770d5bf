package io.metastore.server.apply;

import io.metastore.server.model.MemberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A log with entries of which some are sent twice, of an old incarnation, or of an old epoch.
final class RandomLog {
    private static final long TERM = 5;

    /// An alarm, or auth, refuses most commands: so often all are let in again, so that the log never comes to little.
    private static final int OPEN_EVERY = 20;

    private RandomLog() {}

    record Logged(Position at, Entry entry) {
        EntryResult applyTo(Replica replica) {
            return replica.applier.apply(at, List.of(entry)).getFirst();
        }
    }

    static List<Logged> of(Random random, int length) {
        var entries = new RandomEntries(random);
        var log = new ArrayList<Logged>();
        for (int index = 1; index <= length; index++) {
            long epoch = random.nextInt(20) == 0 ? TERM - 1 : TERM;
            long incarnation = random.nextInt(20) == 0 ? 1 : 2;
            long sequence = random.nextInt(20) == 0 ? index - 1 : index;
            var stamp = new Stamp(epoch, new MemberId(random.nextInt(3)), incarnation, sequence);
            var commands = index % OPEN_EVERY == 0 ? RandomEntries.letEveryoneIn() : entries.commands();
            log.add(new Logged(new Position(TERM, index), new Entry(stamp, commands)));
        }
        return log;
    }
}
