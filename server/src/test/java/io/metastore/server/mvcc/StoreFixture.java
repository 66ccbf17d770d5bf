package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Outcome.RangeDone;
import io.metastore.server.request.Range;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// A store over a storage of its own, written as the applying thread does it: one batch for each call.
final class StoreFixture implements AutoCloseable {
    final Storage storage;
    final List<Commit> commits = new ArrayList<>();
    MvccStore store;

    StoreFixture(Storage storage) {
        this.storage = storage;
        store = MvccStore.open(storage);
    }

    static StoreFixture inMemory() {
        return new StoreFixture(MemoryStorage.volatileOnly());
    }

    /// Forgets everything that is not in the storage, as a restart does.
    void reopen() {
        store = MvccStore.open(storage);
    }

    /// Puts in a transaction of its own; returns the revision after.
    long put(String key, String value) {
        return txn(txn -> txn.put(Bytes.utf8(key), Bytes.utf8(value), LeaseId.NONE));
    }

    long delete(String key) {
        return txn(txn -> txn.delete(KeyRange.single(Bytes.utf8(key))));
    }

    /// Runs one transaction; returns the revision after.
    long txn(Consumer<MvccTxn> steps) {
        return write(writer -> {
            var txn = writer.begin();
            steps.accept(txn);
            return txn.finish();
        });
    }

    Outcome compact(long revision) {
        return write(writer -> writer.compact(revision));
    }

    /// Does all of the physical part; returns the steps it took.
    int sweep() {
        int steps = 0;
        while (store.compaction().step()) {
            steps++;
        }
        return steps;
    }

    <T> T write(Function<MvccWriter, T> changes) {
        try (var batch = storage.batch()) {
            var writer = store.writer(batch);
            var result = changes.apply(writer);
            batch.commit();
            writer.published();
            commits.addAll(writer.commits());
            return result;
        }
    }

    Outcome range(Range query) {
        try (var view = store.view()) {
            return view.range(query);
        }
    }

    List<String> keysAt(long revision) {
        var all = Range.of(KeyRange.ALL);
        var query = new Range(all.keys(), 0, revision, all.sort(), all.detail(), all.bounds(), true);
        return ((RangeDone) range(query))
                .keyValues().stream().map(StoreFixture::text).toList();
    }

    List<String> changesFrom(long revision) {
        var changes = new ArrayList<String>();
        try (var view = store.view();
                var events = view.events(revision)) {
            while (events.next()) {
                var event = events.event();
                changes.add(events.revision().main() + "." + events.revision().sub() + " " + event.kind() + " "
                        + text(event.keyValue()));
            }
        }
        return changes;
    }

    /// key=value create/mod/version, as in `a=1 2/3/2`.
    static String text(KeyValue version) {
        return version.key().utf8() + "=" + version.value().utf8() + " " + version.createRevision() + "/"
                + version.modRevision() + "/" + version.version();
    }

    @Override
    public void close() {
        storage.close();
    }
}
