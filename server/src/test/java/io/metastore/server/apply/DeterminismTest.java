package io.metastore.server.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.storage.MemoryStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same log gives the same state, whatever happens to the member beside it.
class DeterminismTest {
    private static final int ENTRIES = 400;

    private final long seed = Long.getLong("seed", System.nanoTime());

    private record Logged(Position at, Entry entry) {}

    @Test
    void theSameLogGivesTheSameRowsAndResults() {
        System.out.println("seed " + seed);
        var log = log();
        try (var storage = MemoryStorage.volatileOnly();
                var other = MemoryStorage.volatileOnly()) {
            var straight = new Replica(storage);
            var disturbed = new Replica(other);
            var disturbance = new Random(seed + 1);

            for (var logged : log) {
                disturb(disturbed, disturbance);
                assertThat(apply(disturbed, logged)).isEqualTo(apply(straight, logged));
            }

            straight.applier.persist();
            disturbed.applier.persist();
            assertThat(disturbed.rows()).isEqualTo(straight.rows());
            assertThat(disturbed.heard).isEqualTo(straight.heard);
            assertThat(straight.revision()).isGreaterThan(50);
        }
    }

    @Test
    void aLogReplayedFromAnyOlderStateEndsInTheSameState(@TempDir Path directory) {
        System.out.println("seed " + seed);
        var log = log();
        try (var storage = MemoryStorage.volatileOnly()) {
            var straight = new Replica(storage);
            log.forEach(logged -> apply(straight, logged));
            straight.applier.persist();

            int persisted = new Random(seed + 2).nextInt(ENTRIES);
            try (var first = MemoryStorage.open(directory)) {
                var killed = new Replica(first);
                log.subList(0, persisted).forEach(logged -> apply(killed, logged));
                killed.applier.persist();
                log.subList(persisted, (persisted + ENTRIES) / 2).forEach(logged -> apply(killed, logged));
            }

            try (var second = MemoryStorage.open(directory)) {
                var recovered = new Replica(second);
                assertThat(recovered.applier.applied().index()).isEqualTo(persisted);
                replay(recovered, log);
                recovered.applier.persist();
                assertThat(recovered.rows()).isEqualTo(straight.rows());
            }
        }
    }

    @Test
    void keysAndLeasesAlwaysAgree() {
        System.out.println("seed " + seed);
        try (var storage = MemoryStorage.volatileOnly()) {
            var replica = new Replica(storage);

            for (var logged : log()) {
                apply(replica, logged);

                assertThat(attachedByLeases(replica)).isEqualTo(attachedByKeys(replica));
            }
        }
    }

    /// What a caller does with a log: it skips what the storage holds.
    private static void replay(Replica replica, List<Logged> log) {
        for (var logged : log) {
            if (logged.at().index() > replica.applier.applied().index()) {
                apply(replica, logged);
            }
        }
    }

    private static EntryResult apply(Replica replica, Logged logged) {
        return replica.applier.apply(logged.at(), logged.entry());
    }

    private static void disturb(Replica replica, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> replica.applier.persist();
            case 1 -> {
                replica.applier.persist();
                replica.restart();
            }
            default -> {}
        }
    }

    /// Entries of which some are sent twice, of an old incarnation, or of an old epoch.
    private List<Logged> log() {
        var random = new Random(seed);
        var entries = new RandomEntries(random);
        var log = new ArrayList<Logged>();
        for (int index = 1; index <= ENTRIES; index++) {
            long epoch = random.nextInt(20) == 0 ? 4 : 5;
            long incarnation = random.nextInt(20) == 0 ? 1 : 2;
            long sequence = random.nextInt(20) == 0 ? index - 1 : index;
            var stamp = new Stamp(epoch, new MemberId(random.nextInt(3)), incarnation, sequence);
            log.add(new Logged(new Position(5, index), new Entry(stamp, entries.commands())));
        }
        return log;
    }

    private static Set<String> attachedByLeases(Replica replica) {
        var attached = new TreeSet<String>();
        for (var lease : replica.state.leases().all()) {
            for (var key : replica.state.leases().keys(lease.id())) {
                attached.add(pair(key, lease.id()));
            }
        }
        return attached;
    }

    private static Set<String> attachedByKeys(Replica replica) {
        var attached = new TreeSet<String>();
        try (var view = replica.state.store().view()) {
            if (view.range(Range.of(KeyRange.ALL)) instanceof Outcome.RangeDone done) {
                done.keyValues().stream()
                        .filter(read -> !read.lease().isNone())
                        .map(DeterminismTest::pair)
                        .forEach(attached::add);
            }
        }
        return attached;
    }

    private static String pair(KeyValue read) {
        return pair(read.key(), read.lease());
    }

    private static String pair(Bytes key, LeaseId lease) {
        return key.utf8() + " " + lease.number();
    }
}
