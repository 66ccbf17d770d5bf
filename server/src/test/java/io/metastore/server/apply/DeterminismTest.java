package io.metastore.server.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.apply.RandomLog.Logged;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.seed.Seed;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.RocksSettings;
import io.metastore.server.storage.RocksStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same log gives the same state, whatever happens to the member beside it.
class DeterminismTest {
    private static final int ENTRIES = 400;

    private final long seed = Seed.take();
    private final List<Logged> log = RandomLog.of(new Random(seed), ENTRIES);

    @TempDir
    Path folder;

    @Test
    void restartsAndCompactionsBesideItChangeNothing() {
        try (var first = MemoryStorage.volatileOnly();
                var second = MemoryStorage.volatileOnly()) {
            var straight = new Replica(first);
            var disturbed = new Replica(second);
            var random = new Random(seed + 1);

            for (var logged : log) {
                disturb(disturbed, random);
                assertThat(logged.applyTo(disturbed)).isEqualTo(logged.applyTo(straight));
            }

            settle(straight);
            settle(disturbed);
            assertThat(disturbed.rows()).isEqualTo(straight.rows());
            assertThat(disturbed.heard).isEqualTo(straight.heard);
            assertThat(straight.revision()).isGreaterThan(50);
        }
    }

    @Test
    void everyEngineHoldsTheSameRows() {
        var settings = RocksSettings.standard(Path.of("target", "native"));
        try (var memory = MemoryStorage.volatileOnly();
                var rocks = RocksStorage.open(folder.resolve("rocks"), settings)) {
            var onHeap = new Replica(memory);
            var onDisk = new Replica(rocks);

            for (var logged : log) {
                assertThat(logged.applyTo(onDisk)).isEqualTo(logged.applyTo(onHeap));
            }

            settle(onHeap);
            settle(onDisk);
            assertThat(onDisk.rows()).isEqualTo(onHeap.rows());
        }
    }

    @Test
    void aLogReplayedFromAnOlderStateEndsInTheSameState() {
        int persisted = new Random(seed + 2).nextInt(ENTRIES);
        try (var killed = MemoryStorage.open(folder)) {
            var replica = new Replica(killed);
            log.subList(0, persisted).forEach(logged -> logged.applyTo(replica));
            replica.applier.persist();
            log.subList(persisted, (persisted + ENTRIES) / 2).forEach(logged -> logged.applyTo(replica));
        }

        try (var reopened = MemoryStorage.open(folder);
                var other = MemoryStorage.volatileOnly()) {
            var recovered = new Replica(reopened);
            var straight = new Replica(other);
            assertThat(recovered.applier.applied().index()).isEqualTo(persisted);

            replay(recovered);
            replay(straight);

            settle(recovered);
            settle(straight);
            assertThat(recovered.rows()).isEqualTo(straight.rows());
        }
    }

    @Test
    void keysAndLeasesAlwaysAgree() {
        try (var storage = MemoryStorage.volatileOnly()) {
            var replica = new Replica(storage);

            for (var logged : log) {
                logged.applyTo(replica);

                assertThat(attachedByLeases(replica)).isEqualTo(attachedByKeys(replica));
            }
        }
    }

    /// What a caller does with a log: it skips what the storage holds.
    private void replay(Replica replica) {
        for (var logged : log) {
            if (logged.at().index() > replica.applier.applied().index()) {
                logged.applyTo(replica);
            }
        }
    }

    private static void disturb(Replica replica, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> replica.applier.persist();
            case 1 -> {
                replica.applier.persist();
                replica.restart();
            }
            case 2 -> replica.state.store().compaction().step();
            default -> {}
        }
    }

    private static void settle(Replica replica) {
        replica.applier.persist();
        boolean more;
        do {
            more = replica.state.store().compaction().step();
        } while (more);
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
                        .forEach(read -> attached.add(pair(read.key(), read.lease())));
            }
        }
        return attached;
    }

    private static String pair(Bytes key, LeaseId lease) {
        return key.utf8() + " " + lease.number();
    }
}
