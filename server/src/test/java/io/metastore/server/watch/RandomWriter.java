package io.metastore.server.watch;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.mvcc.MvccTxn;
import java.util.HashSet;
import java.util.Random;

/// Commits random transactions and compactions, and keeps what they were.
final class RandomWriter {
    private final WatchedStore store;
    private final Random random;
    private final Told history = new Told();
    private long compacted = -1;

    RandomWriter(WatchedStore store, Random random) {
        this.store = store;
        this.random = random;
    }

    static Bytes key(Random random) {
        return Bytes.utf8((char) ('a' + random.nextInt(4)) + "/" + random.nextInt(6));
    }

    Told history() {
        return history;
    }

    long compacted() {
        return compacted;
    }

    /// Commits a batch of transactions. Now and then the hub is not told of them but that the store was replaced.
    void act() {
        int transactions = 1 + random.nextInt(4);
        var tell = store.commitUntold(transactions, this::change, history::add);
        if (random.nextInt(50) == 0) {
            store.hub().reloaded();
        } else {
            tell.run();
        }
        if (random.nextInt(400) == 0) {
            compact();
        }
    }

    /// Changes one key or some, none of them twice.
    private void change(MvccTxn txn) {
        var changed = new HashSet<Bytes>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            var key = key(random);
            if (changed.add(key)) {
                if (random.nextInt(3) == 0) {
                    txn.delete(KeyRange.single(key));
                } else {
                    txn.put(key, Bytes.wrap(new byte[random.nextInt(300)]), LeaseId.NONE);
                }
            }
        }
    }

    private void compact() {
        long newest = history.newestRevision();
        long target = newest - random.nextInt(200);
        if (target > compacted) {
            store.compact(target);
            compacted = target;
        }
    }
}
