package io.metastore.server.watch;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.mvcc.Commit;
import io.metastore.server.mvcc.MvccStore;
import io.metastore.server.mvcc.MvccTxn;
import io.metastore.server.request.Outcome;
import io.metastore.server.storage.MemoryStorage;
import java.nio.file.Path;
import java.util.function.Consumer;

/// A store with a hub, and the part of the applying thread: changes are committed, published, and told to the hub.
final class WatchedStore implements AutoCloseable {
    private final MemoryStorage storage = MemoryStorage.volatileOnly();
    private final MvccStore store = MvccStore.open(storage);
    final CountingMeter meter = new CountingMeter();
    private final WatchHub hub;

    WatchedStore(WatchSettings settings) {
        hub = new WatchHub(store, settings, meter);
    }

    WatchHub hub() {
        return hub;
    }

    MvccStore store() {
        return store;
    }

    /// Commits one transaction and tells the hub.
    ///
    /// @return the revision after it
    long commit(Consumer<MvccTxn> changes) {
        commitUntold(changes).run();
        return store.revision();
    }

    /// Commits one transaction; the hub is told of it when the result is run.
    Runnable commitUntold(Consumer<MvccTxn> changes) {
        return commitUntold(1, changes, _ -> {});
    }

    /// Commits a batch of transactions; the hub is told of them when the result is run.
    ///
    /// @param committed is told each of them that raised the revision
    Runnable commitUntold(int transactions, Consumer<MvccTxn> changes, Consumer<Commit> committed) {
        try (var batch = storage.batch()) {
            var writer = store.writer(batch);
            for (int i = 0; i < transactions; i++) {
                var txn = writer.begin();
                changes.accept(txn);
                txn.finish();
            }
            batch.commit();
            writer.published();
            writer.commits().forEach(committed);
            return () -> writer.commits().forEach(commit -> hub.committed(commit.revision(), commit.events()));
        }
    }

    long put(String key, String value) {
        return commit(txn -> put(txn, key, value));
    }

    long delete(String key) {
        return commit(txn -> txn.delete(KeyRange.single(Bytes.utf8(key))));
    }

    /// Gives up the history below `revision`, also physically.
    void compact(long revision) {
        try (var batch = storage.batch()) {
            var writer = store.writer(batch);
            if (writer.compact(revision) instanceof Outcome.Refused(var reason)) {
                throw new IllegalArgumentException("compaction to " + revision + " refused: " + reason);
            }
            batch.commit();
            writer.published();
        }
        while (store.compaction().step()) {
            // until all of it is done
        }
    }

    void checkpoint(Path directory) {
        storage.checkpoint(directory);
    }

    /// Replaces the rows and tells the hub, as an installed snapshot does.
    void install(Path checkpoint) {
        store.unload();
        storage.replaceWith(checkpoint);
        store.reload();
        hub.reloaded();
    }

    static void put(MvccTxn txn, String key, String value) {
        txn.put(Bytes.utf8(key), Bytes.utf8(value), LeaseId.NONE);
    }

    static KeyRange key(String key) {
        return KeyRange.single(Bytes.utf8(key));
    }

    /// From `from`, inclusive, to `to`, exclusive; an empty `to` is the end of the key space.
    static KeyRange range(String from, String to) {
        return new KeyRange(Bytes.utf8(from), Bytes.utf8(to));
    }

    @Override
    public void close() {
        hub.close();
    }
}
