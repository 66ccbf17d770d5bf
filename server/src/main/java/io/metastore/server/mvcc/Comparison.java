package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Compare;
import io.metastore.server.request.Compare.Target;
import java.util.Optional;
import java.util.function.Supplier;

/// Decides the comparisons of a transaction. Source: etcd's `applyCompare`.
final class Comparison {
    private Comparison() {}

    /// Whether `compare` is true of every newest version in its range.
    static boolean holds(Compare compare, Versions versions) {
        if (compare.keys().isSingle()) {
            var key = compare.keys().from();
            return holds(
                    compare,
                    () -> versions.numbers(key),
                    () -> versions.latest(key).map(KeyValue::value));
        }
        try (var rows = versions.latest(compare.keys())) {
            if (!rows.next()) {
                return holds(compare, () -> KeyNumbers.ABSENT, Optional::empty);
            }
            do {
                if (!holds(compare, rows::keyNumbers, () -> Optional.of(rows.value()))) {
                    return false;
                }
            } while (rows.next());
            return true;
        }
    }

    /// Loads only what is compared. No value can be named that an absent key has, so a comparison of values is then
    /// false whatever it asks.
    private static boolean holds(Compare compare, Supplier<KeyNumbers> numbers, Supplier<Optional<Bytes>> value) {
        return switch (compare.target()) {
            case Target.Version(long version) -> holds(compare, numbers.get().version(), version);
            case Target.CreateRevision(long revision) ->
                holds(compare, numbers.get().createRevision(), revision);
            case Target.ModRevision(long revision) ->
                holds(compare, numbers.get().modRevision(), revision);
            case Target.Lease(LeaseId lease) ->
                holds(compare, numbers.get().lease().number(), lease.number());
            case Target.Value(Bytes named) ->
                value.get()
                        .map(stored -> compare.relation().holds(stored.compareTo(named)))
                        .orElse(false);
        };
    }

    private static boolean holds(Compare compare, long stored, long named) {
        return compare.relation().holds(Long.compare(stored, named));
    }
}
