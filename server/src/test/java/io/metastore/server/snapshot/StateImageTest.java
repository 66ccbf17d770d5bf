package io.metastore.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.apply.State;
import io.metastore.server.cluster.AlarmTable;
import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Release;
import io.metastore.server.mvcc.MvccTxn;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.request.VersionCommand;
import io.metastore.server.storage.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A state goes into a file and comes out again as it was.
class StateImageTest {
    @TempDir
    Path directory;

    private final MemoryStorage storage = MemoryStorage.volatileOnly();
    private final State state = State.open(storage);

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 2000})
    void aRandomHistoryComesBackWithEveryHash(int transactions) throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < transactions; i++) {
            randomStep(random);
        }
        boolean more = random.nextBoolean();
        while (more) {
            more = state.store().compaction().step();
        }

        var file = Files.write(directory.resolve("state.db"), ImportedState.bytes(storage));

        try (var imported = ImportedState.of(file)) {
            // Without what compactions of this process left: the imported state knows nothing of that.
            var reopened = State.open(storage).store();
            more = true;
            while (more) {
                more = reopened.compaction().step();
            }
            var store = State.open(storage).store();
            assertThat(imported.state.store().revision()).isEqualTo(store.revision());
            assertThat(imported.state.store().compactedRevision()).isEqualTo(store.compactedRevision());
            for (long revision = Math.max(1, store.compactedRevision()); revision <= store.revision(); revision++) {
                assertThat(imported.state.store().hashKv(revision)).isEqualTo(store.hashKv(revision));
                assertThat(everything(imported.state, revision)).isEqualTo(everything(state, revision));
            }
            assertThat(imported.state.leases().all())
                    .containsExactlyInAnyOrderElementsOf(state.leases().all());
            for (var lease : state.leases().all()) {
                assertThat(imported.state.leases().keys(lease.id()))
                        .isEqualTo(state.leases().keys(lease.id()));
            }
            assertThat(imported.bytes().length).isEqualTo(ImportedState.bytes(storage).length);
        }
    }

    @Test
    void alarmsAreKept() throws IOException {
        var alarm = new Alarm(new MemberId(-7), Alarm.Kind.NO_SPACE);
        try (var batch = storage.batch()) {
            state.alarms().writer(batch).set(alarm, true);
            batch.commit();
        }

        var file = Files.write(directory.resolve("state.db"), ImportedState.bytes(storage));

        try (var imported = ImportedState.of(file)) {
            assertThat(AlarmTable.open(imported.storage).raised()).containsExactly(alarm);
        }
    }

    @Test
    void theCallersMembersAreInIt() throws IOException {
        var voter = new MemberRecord(
                new MemberId(0x8e9e05c52164694dL), "a<b>&\"c", List.of("http://a:1"), List.of("http://b:2"), false);
        var learner = new MemberRecord(new MemberId(5), "", List.of("http://c:3"), List.of(), true);
        var bytes = new byte[1 << 20];

        int length;
        try (var image = StateImage.of(storage, List.of(voter, learner))) {
            length = image.read(bytes);
        }

        var file = Files.write(directory.resolve("state.db"), Arrays.copyOf(bytes, length));
        try (var read = SnapshotFile.open(file)) {
            assertThat(read.members()).containsExactly(learner, voter);
            assertThat(read.status().version()).isEqualTo("3.7.0");
        }
        assertThat(MemberRecord.confState(List.of(voter, learner)).utf8())
                .isEqualTo("{\"voters\":[10276657743932975437],\"learners\":[5],\"auto_leave\":false}");
    }

    @Test
    void aClusterOfAnOlderReleaseGivesAFileOfThatRelease() throws IOException {
        try (var batch = storage.batch()) {
            var writer = state.versions().writer(batch);
            writer.change(new VersionCommand.EnableDowngrade(new Release(3, 6)));
            writer.change(new VersionCommand.SetRelease(new Release(3, 6)));
            batch.commit();
        }

        var file = Files.write(directory.resolve("state.db"), ImportedState.bytes(storage));

        try (var read = SnapshotFile.open(file)) {
            assertThat(read.status().version()).isEqualTo("3.6.0");
            var cluster = new HashMap<String, String>();
            for (var rows = read.rows(Schema.CLUSTER); rows.next(); ) {
                cluster.put(rows.key().utf8(), rows.value().utf8());
            }
            assertThat(cluster)
                    .isEqualTo(Map.of(
                            "clusterVersion", "3.6.0", "downgrade", "{\"target-version\":\"3.6.0\",\"enabled\":true}"));
        }
    }

    @Test
    void itIsTheStateOfTheMomentWhateverIsWrittenMeanwhile() throws IOException {
        put("a", "1", LeaseId.NONE);
        var bytes = new byte[1 << 20];
        int length;
        try (var image = StateImage.of(storage, List.of())) {
            put("b", "2", LeaseId.NONE);
            length = image.read(bytes);
        }

        var file = Files.write(directory.resolve("state.db"), Arrays.copyOf(bytes, length));

        try (var imported = ImportedState.of(file)) {
            assertThat(imported.state.store().revision()).isEqualTo(2);
            assertThat(everything(imported.state, 2)).contains("61");
        }
    }

    private void randomStep(Random random) {
        switch (random.nextInt(12)) {
            case 0 -> delete("key-" + random.nextInt(9));
            case 1 -> grant(LeaseId.of(random.nextLong()), 1 + random.nextInt(1000));
            case 2 -> {
                var store = state.store();
                if (random.nextInt(20) == 0) {
                    compact(random.nextLong(store.revision() + 1));
                }
            }
            case 3 ->
                change(txn -> {
                    txn.put(Bytes.utf8("first"), Bytes.utf8("1"), LeaseId.NONE);
                    txn.put(Bytes.utf8("second"), Bytes.EMPTY, LeaseId.NONE);
                    txn.delete(Bytes.utf8("first"));
                });
            default -> {
                var leases = state.leases().all();
                var lease = leases.isEmpty() || random.nextInt(3) > 0
                        ? LeaseId.NONE
                        : leases.get(random.nextInt(leases.size())).id();
                put("key-" + random.nextInt(9), "v".repeat(random.nextInt(200)), lease);
            }
        }
    }

    private interface Change {
        void in(MvccTxn txn);
    }

    private void put(String key, String value, LeaseId lease) {
        change(txn -> {
            var before = txn.put(Bytes.utf8(key), Bytes.utf8(value), lease);
            try (var batch = storage.batch()) {
                var leases = state.leases().writer(batch);
                if (!before.lease().isNone()) {
                    leases.detach(before.lease(), Bytes.utf8(key));
                }
                if (!lease.isNone()) {
                    leases.attach(lease, Bytes.utf8(key));
                }
                batch.commit();
            }
        });
    }

    private void delete(String key) {
        change(txn -> {
            var before = txn.delete(Bytes.utf8(key));
            try (var batch = storage.batch()) {
                if (!before.lease().isNone()) {
                    state.leases().writer(batch).detach(before.lease(), Bytes.utf8(key));
                }
                batch.commit();
            }
        });
    }

    private void change(Change change) {
        try (var batch = storage.batch()) {
            var writer = state.store().writer(batch);
            var txn = writer.begin();
            change.in(txn);
            txn.finish();
            batch.commit();
            writer.published();
        }
    }

    private void compact(long revision) {
        try (var batch = storage.batch()) {
            var writer = state.store().writer(batch);
            writer.compact(revision);
            batch.commit();
            writer.published();
        }
    }

    private void grant(LeaseId lease, long seconds) {
        try (var batch = storage.batch()) {
            var leases = state.leases().writer(batch);
            leases.grant(lease, seconds);
            leases.checkpoint(lease, seconds / 2);
            batch.commit();
            leases.adopted();
        }
    }

    private static String everything(State state, long revision) {
        try (var view = state.store().view()) {
            var all = new Range(
                    KeyRange.ALL, 0, revision, Range.Sort.NONE, Range.Detail.FULL, Range.RevisionBounds.NONE, true);
            return switch (view.range(all)) {
                case Outcome.RangeDone done -> done.keyValues().toString();
                case Outcome.Refused(var reason) -> reason.toString();
                case Outcome.Done other -> throw new IllegalStateException("a read answered with " + other);
            };
        }
    }
}
