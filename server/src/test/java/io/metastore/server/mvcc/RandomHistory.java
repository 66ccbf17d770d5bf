package io.metastore.server.mvcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Revision;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Does the same random things to a store and to the model, and compares all they answer: transactions, several in a
/// batch, batches that are dropped, compactions whose physical part stops anywhere, reopening at any moment, going
/// back to an earlier state, reads with every option, hashes.
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

    /// What was saved, and where.
    private record Saved(Path checkpoint, Model model) {}

    private final Random random;
    private final Storage storage;
    private final Path folder;
    private final int changesInStep;
    private Model model = new Model();
    private Optional<Saved> saved = Optional.empty();
    private int checkpoints;
    private MvccStore store;

    /// @param folder for checkpoints, empty
    RandomHistory(Random random, Storage storage, Path folder) {
        this.random = random;
        this.storage = storage;
        this.folder = folder;
        changesInStep = 1 + random.nextInt(5);
        store = open();
    }

    void run(int rounds) {
        for (int round = 0; round < rounds; round++) {
            switch (random.nextInt(24)) {
                case 0, 1 -> compact();
                case 2, 3 -> drop();
                case 4, 5 -> reopen();
                case 6, 7 -> compareHash();
                case 8, 9, 10, 11 -> store.compaction().step();
                case 12 -> save();
                case 13 -> reload();
                default -> write();
            }
            compareReads();
        }
        compareRows();
        finishCompactions();
        compareAll();
        compareRows();
    }

    /// With room for a few keys, or none: they are forgotten all the time.
    private MvccStore open() {
        return MvccStore.open(storage, changesInStep, new RecentKeys(random.nextInt(400)));
    }

    private void reopen() {
        store = open();
        model.restart(store.compaction().finishedRevision());
    }

    private void save() {
        var checkpoint = folder.resolve("checkpoint-" + checkpoints++);
        storage.checkpoint(checkpoint);
        saved = Optional.of(new Saved(checkpoint, model.copy()));
    }

    /// Goes back to what was saved, as a member does that gets another one's state.
    private void reload() {
        saved.ifPresent(state -> {
            store.unload();
            storage.replaceWith(state.checkpoint());
            store.reload();
            model = state.model();
            model.restart(store.compaction().finishedRevision());
        });
        saved = Optional.empty();
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
            change(txn, model);
            var key = key();
            assertThat(txn.numbers(key)).isEqualTo(model.numbers(key));
        }
        assertThat(txn.range(Range.of(KeyRange.ALL)))
                .extracting(outcome -> ((Outcome.RangeDone) outcome).keyValues())
                .isEqualTo(List.copyOf(model.at(model.revision + 1).values()));
        model.finish();
        assertThat(txn.finish()).isEqualTo(model.revision);
    }

    private void change(MvccTxn txn, Model changed) {
        var key = key();
        var value = Bytes.utf8("v".repeat(random.nextInt(4)) + random.nextInt(3));
        var lease = LeaseId.of(random.nextInt(3) - 1);
        var before = changed.numbers(key);
        switch (random.nextInt(6)) {
            case 0, 1, 2 -> {
                assertThat(txn.put(key, value, lease)).isEqualTo(before);
                changed.put(key, value, lease);
            }
            case 3 -> {
                var version = changed.at(changed.revision + 1).get(key);
                assertThat(txn.exchange(key, value, lease)).isEqualTo(Optional.<KeyValue>ofNullable(version));
                changed.put(key, value, lease);
            }
            case 4 -> {
                assertThat(txn.delete(key)).isEqualTo(before);
                changed.delete(KeyRange.single(key));
            }
            default -> {
                var keys = random.nextBoolean() ? KeyRange.single(key) : keys();
                txn.delete(keys);
                changed.delete(keys);
            }
        }
    }

    private void drop() {
        var discarded = model.copy();
        try (var batch = storage.batch()) {
            var txn = store.writer(batch).begin();
            for (int steps = random.nextInt(3); steps >= 0; steps--) {
                change(txn, discarded);
            }
            if (random.nextBoolean()) {
                txn.finish();
            }
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
            assertThat(store.keys()).isEqualTo(model.at(model.revision).size());
            for (long revision = Math.max(model.compacted, 0); revision <= model.revision; revision++) {
                compareKeys(view, revision);
            }
        }
    }

    /// Every change names the put that it supersedes, and has its row in the history of its key.
    private void compareRows() {
        try (var snapshot = storage.snapshot();
                var rows = snapshot.scan(Column.EVENTS, KeyRange.ALL)) {
            var changes = model.changes.stream()
                    .collect(Collectors.toMap(
                            change -> EventRow.key(new Revision(change.main(), change.sub()), change.tombstone()),
                            Function.identity()));
            int kept = 0;
            while (rows.next()) {
                var revision = EventRow.revision(rows.key());
                var change = Optional.ofNullable(changes.get(rows.key()));
                change.ifPresent(made -> assertThat(Superseded.read(revision.main(), rows.value()))
                        .describedAs("superseded by %s", made)
                        .isEqualTo(made.superseded()));
                kept += change.isPresent() ? 1 : 0;
                var history = HistoryRow.rowKey(EventRow.keyOf(rows.value()), revision);
                assertThat(snapshot.get(Column.HISTORY, history)).isPresent();
            }
            assertThat(kept).isEqualTo(changes.size());
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
