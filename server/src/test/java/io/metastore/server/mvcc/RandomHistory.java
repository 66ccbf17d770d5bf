package io.metastore.server.mvcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Does the same random things to a store and to the model, and compares all they answer: transactions,
/// several in a batch, batches that are dropped, compactions whose physical part stops anywhere, reopening at
/// any moment, reads with every option, hashes.
final class RandomHistory {
    private static final List<Bytes> KEYS = List.of(
            Bytes.wrap(new byte[] {0}),
            Bytes.wrap(new byte[] {0, 0}),
            Bytes.wrap(new byte[] {0, 1}),
            Bytes.utf8("a"),
            Bytes.utf8("a\0"),
            Bytes.utf8("a\0\0"),
            Bytes.utf8("a\0b"),
            Bytes.utf8("ab"),
            Bytes.utf8("b"),
            Bytes.wrap(new byte[] {(byte) 0xff}),
            Bytes.wrap(new byte[] {(byte) 0xff, (byte) 0xff}));

    private final Random random;
    private final Storage storage;
    private final Model model = new Model();
    private final int changesInStep;
    private MvccStore store;

    RandomHistory(Random random, Storage storage) {
        this.random = random;
        this.storage = storage;
        changesInStep = 1 + random.nextInt(5);
        store = MvccStore.open(storage, changesInStep);
    }

    void run(int rounds) {
        for (int round = 0; round < rounds; round++) {
            switch (random.nextInt(12)) {
                case 0 -> compact();
                case 1 -> drop();
                case 2 -> reopen();
                case 3 -> compareHash();
                case 4, 5 -> store.compaction().step();
                default -> write();
            }
            compareReads();
        }
        finishCompactions();
        compareAll();
    }

    private void reopen() {
        store = MvccStore.open(storage, changesInStep);
        model.restart(store.compaction().finishedRevision());
    }

    private void write() {
        try (var batch = storage.batch()) {
            var writer = store.writer(batch);
            for (int txns = random.nextInt(3); txns >= 0; txns--) {
                transact(writer);
            }
            batch.commit();
            writer.published();
        }
    }

    private void transact(MvccWriter writer) {
        var txn = writer.begin();
        for (int steps = random.nextInt(4); steps >= 0; steps--) {
            if (random.nextInt(3) > 0) {
                var key = key();
                var value = Bytes.utf8("v".repeat(random.nextInt(4)) + random.nextInt(3));
                var lease = LeaseId.of(random.nextInt(3) - 1);
                txn.put(key, value, lease);
                model.put(key, value, lease);
            } else {
                var keys = random.nextBoolean() ? KeyRange.single(key()) : keys();
                txn.delete(keys);
                model.delete(keys);
            }
        }
        assertThat(txn.range(Range.of(KeyRange.ALL)))
                .extracting(outcome -> ((Outcome.RangeDone) outcome).keyValues())
                .isEqualTo(List.copyOf(model.at(model.revision + 1).values()));
        model.finish();
        assertThat(txn.finish()).isEqualTo(model.revision);
    }

    private void drop() {
        try (var batch = storage.batch()) {
            var txn = store.writer(batch).begin();
            txn.put(key(), Bytes.utf8("dropped"), LeaseId.NONE);
            txn.finish();
        }
    }

    private void compact() {
        long to = revision();
        try (var batch = storage.batch()) {
            var writer = store.writer(batch);
            var outcome = writer.compact(to);
            batch.commit();
            writer.published();
            var refused = model.compact(to);
            assertThat(outcome)
                    .isEqualTo(refused.<Outcome>map(Outcome.Refused::new)
                            .orElseGet(() -> new Outcome.Accepted(model.revision)));
        }
    }

    private void compareReads() {
        assertThat(store.revision()).isEqualTo(model.revision);
        assertThat(store.compactedRevision()).isEqualTo(model.compacted);
        var query = query();
        try (var view = store.view()) {
            assertThat(view.range(query)).describedAs(query.toString()).isEqualTo(model.range(query));
        }
    }

    private void compareHash() {
        long revision = revision();
        assertThat(store.hashKv(revision)).describedAs("hash of " + revision).isEqualTo(model.hashKv(revision));
    }

    private void finishCompactions() {
        while (store.compaction().step()) {
            compareReads();
        }
        assertThat(store.compaction().finishedRevision()).isEqualTo(model.compacted);
        assertThat(store.logicalBytes()).isEqualTo(model.logicalBytes());
    }

    private void compareAll() {
        for (long revision = 0; revision <= model.revision + 1; revision++) {
            assertThat(store.hashKv(revision)).isEqualTo(model.hashKv(revision));
        }
        try (var view = store.view();
                var events = view.events(0)) {
            for (var change : model.changes) {
                assertThat(events.next()).isTrue();
                assertThat(events.revision().main()).isEqualTo(change.main());
                assertThat(events.revision().sub()).isEqualTo(change.sub());
                assertThat(events.event().keyValue()).isEqualTo(change.version());
            }
            assertThat(events.next()).isFalse();
            for (long revision = Math.max(model.compacted, 0); revision <= model.revision; revision++) {
                compareKeys(view, revision);
            }
        }
    }

    private void compareKeys(MvccView view, long revision) {
        var versions = model.at(revision);
        for (var key : KEYS) {
            assertThat(view.getAt(key, revision)).isEqualTo(Optional.<KeyValue>ofNullable(versions.get(key)));
        }
    }

    private Range query() {
        return new Range(
                random.nextInt(4) == 0 ? KeyRange.single(key()) : keys(),
                random.nextBoolean() ? 0 : random.nextInt(6) - 1,
                random.nextBoolean() ? 0 : revision(),
                new Range.Sort(any(Range.Sort.Order.values()), any(Range.Sort.Target.values())),
                any(Range.Detail.values()),
                random.nextInt(3) > 0
                        ? Range.RevisionBounds.NONE
                        : new Range.RevisionBounds(bound(), bound(), bound(), bound()),
                true);
    }

    private long bound() {
        return random.nextInt(3) > 0 ? 0 : revision();
    }

    /// Mostly one that can be read.
    private long revision() {
        long from = Math.max(model.compacted - 1, -1);
        return from + random.nextLong(model.revision + 2 - from);
    }

    private KeyRange keys() {
        var from = random.nextInt(4) == 0 ? Bytes.EMPTY : key();
        return random.nextInt(3) == 0 ? KeyRange.from(from) : new KeyRange(from, key());
    }

    private Bytes key() {
        return KEYS.get(random.nextInt(KEYS.size()));
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
