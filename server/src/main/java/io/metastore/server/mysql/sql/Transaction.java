package io.metastore.server.mysql.sql;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Compare;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Put;
import io.metastore.server.request.Txn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What one transaction sees: the state of one revision, and over it what it wrote itself. Nothing of
/// that is told to anybody before the commit, which is one change for the whole cluster: it is made
/// only if all that was written, and all that was read for update, is as this transaction saw it.
///
/// A range that was read for update is as it was, if no key in it is newer than the revision that was
/// read, and each key that was found there still has its own: so inserts, updates and deletes by others
/// are noticed all three.
final class Transaction {
    private static final int MOST_CHECKS = 100_000;
    private static final int OVERHEAD = 64;

    private final Store store;
    private final TreeMap<Bytes, Write> writes = new TreeMap<>();
    private final Map<Bytes, Long> seen = new HashMap<>();
    private final List<Compare> ranges = new ArrayList<>();
    private final List<Undo> undo = new ArrayList<>();
    private long revision;
    private long bytes;

    Transaction(Store store, long revision) {
        this.store = store;
        this.revision = revision;
    }

    /// A change that is not made yet; a delete has no row.
    private record Write(Optional<KeyValue> row) {}

    private record Undo(Bytes key, Optional<Write> before) {}

    /// From now on another state is read; what was written stays.
    void moveTo(long newer) {
        revision = newer;
    }

    boolean hasWrites() {
        return !writes.isEmpty();
    }

    /// The keys of a range, own writes among them.
    Iterator<KeyValue> scan(KeyRange keys) {
        var stored = store.scan(keys, revision);
        var own = within(keys);
        return own.isEmpty() ? stored : new Overlaid(stored, own);
    }

    private Map<Bytes, Write> within(KeyRange keys) {
        return new TreeMap<>(
                keys.isUnbounded()
                        ? writes.tailMap(keys.from(), true)
                        : keys.isEmpty() ? Map.of() : writes.subMap(keys.from(), true, keys.to(), false));
    }

    /// As the newest state has them, and not as the transaction does.
    long count(KeyRange keys) {
        return store.count(keys, revision);
    }

    /// What is stored under a key, as this transaction sees it.
    Optional<KeyValue> find(Bytes key) {
        var own = Optional.ofNullable(writes.get(key));
        return own.isPresent() ? own.get().row() : stored(key);
    }

    private Optional<KeyValue> stored(Bytes key) {
        var found = store.scan(KeyRange.single(key), revision);
        return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    }

    /// The commit is to fail if somebody changes this key.
    ///
    /// @param modRevision that was seen; 0 for none
    void expect(Bytes key, long modRevision) {
        if (seen.size() >= MOST_CHECKS) {
            throw SqlErrors.transactionTooLarge();
        }
        var _ = seen.putIfAbsent(key, modRevision);
    }

    /// The commit is to fail if anything in the range is newer than what is read now.
    void expectNothingNew(KeyRange keys) {
        ranges.add(new Compare(keys, Compare.Relation.LESS, new Compare.Target.ModRevision(revision + 1)));
    }

    /// @param before what this transaction saw there
    void put(Bytes key, Bytes value, LeaseId lease, Optional<KeyValue> before) {
        long created = before.map(KeyValue::createRevision).orElse(0L);
        long version = before.map(KeyValue::version).orElse(0L) + 1;
        write(key, new Write(Optional.of(new KeyValue(key, value, created, 0, version, lease))), before);
    }

    void delete(KeyValue before) {
        write(before.key(), new Write(Optional.empty()), Optional.of(before));
    }

    private void write(Bytes key, Write write, Optional<KeyValue> before) {
        var own = Optional.ofNullable(writes.get(key));
        if (own.isEmpty()) {
            expect(key, before.map(KeyValue::modRevision).orElse(0L));
        }
        undo.add(new Undo(key, own));
        bytes += size(write, key) - own.map(old -> size(old, key)).orElse(0L);
        if (bytes > store.maxRequestBytes()) {
            throw SqlErrors.transactionTooLarge();
        }
        var _ = writes.put(key, write);
    }

    private static long size(Write write, Bytes key) {
        return OVERHEAD
                + 2L * key.length()
                + write.row().map(row -> row.value().length()).orElse(0);
    }

    /// A place to go back to.
    int mark() {
        return undo.size();
    }

    /// Takes back what was written since; what was expected stays so.
    void backTo(int mark) {
        while (undo.size() > mark) {
            var last = undo.removeLast();
            var now = Optional.ofNullable(writes.get(last.key()));
            bytes -= now.map(write -> size(write, last.key())).orElse(0L);
            bytes += last.before().map(write -> size(write, last.key())).orElse(0L);
            last.before().ifPresentOrElse(write -> writes.put(last.key(), write), () -> writes.remove(last.key()));
        }
    }

    /// Makes the writes.
    ///
    /// @return whether they were made; nothing was, if somebody changed what this transaction relies on
    boolean commit() {
        if (writes.isEmpty()) {
            return true;
        }
        var compares = new ArrayList<>(ranges);
        seen.forEach((key, mod) -> compares.add(
                new Compare(KeyRange.single(key), Compare.Relation.EQUAL, new Compare.Target.ModRevision(mod))));
        var operations = new ArrayList<Operation>();
        writes.forEach((key, write) -> operation(key, write).ifPresent(operations::add));
        return operations.isEmpty() || store.commit(new Txn(compares, operations, List.of()));
    }

    /// Nothing for a key that was written and deleted again, and was not there before.
    private Optional<Operation> operation(Bytes key, Write write) {
        if (write.row().isEmpty()) {
            return seen.getOrDefault(key, 0L) == 0
                    ? Optional.empty()
                    : Optional.of(new DeleteRange(KeyRange.single(key), false));
        }
        var row = write.row().get();
        return Optional.of(new Put(key, row.value(), row.lease(), false, false, false));
    }

    /// Two sources in the order of keys; of one key the own write counts.
    private static final class Overlaid implements Iterator<KeyValue> {
        private final Peeking<KeyValue> stored;
        private final Peeking<Map.Entry<Bytes, Write>> own;

        Overlaid(Iterator<KeyValue> stored, Map<Bytes, Write> own) {
            this.stored = new Peeking<>(stored);
            this.own = new Peeking<>(own.entrySet().iterator());
        }

        @Override
        public boolean hasNext() {
            skipDeleted();
            return stored.hasNext() || own.hasNext();
        }

        @Override
        public KeyValue next() {
            skipDeleted();
            if (!own.hasNext()
                    || (stored.hasNext()
                            && stored.peek().key().compareTo(own.peek().getKey()) < 0)) {
                return stored.next();
            }
            skipStored();
            return own.next().getValue().row().orElseThrow();
        }

        private void skipDeleted() {
            while (own.hasNext() && own.peek().getValue().row().isEmpty()) {
                if (stored.hasNext() && stored.peek().key().compareTo(own.peek().getKey()) < 0) {
                    return;
                }
                skipStored();
                own.next();
            }
        }

        private void skipStored() {
            if (stored.hasNext() && stored.peek().key().equals(own.peek().getKey())) {
                stored.next();
            }
        }
    }

    /// An iterator whose next element can be looked at.
    private static final class Peeking<T> implements Iterator<T> {
        private final Iterator<T> source;
        private Optional<T> ahead = Optional.empty();

        Peeking(Iterator<T> source) {
            this.source = source;
        }

        T peek() {
            if (ahead.isEmpty()) {
                ahead = Optional.of(source.next());
            }
            return ahead.get();
        }

        @Override
        public boolean hasNext() {
            return ahead.isPresent() || source.hasNext();
        }

        @Override
        public T next() {
            var next = peek();
            ahead = Optional.empty();
            return next;
        }
    }
}
