package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Compare;
import io.metastore.server.request.Compare.Target;

/// Decides the comparisons of a transaction. Source: etcd's `applyCompare`.
final class Comparison {
    /// Stands for the keys that are not there: its numbers are all 0.
    private static final KeyValue ABSENT = new KeyValue(Bytes.EMPTY, Bytes.EMPTY, 0, 0, 0, LeaseId.NONE);

    private Comparison() {}

    /// Whether `compare` is true of every newest version in its range.
    static boolean holds(Compare compare, Versions versions) {
        if (compare.keys().isSingle()) {
            return versions.latest(compare.keys().from())
                    .map(version -> holds(compare, version))
                    .orElseGet(() -> holdsOfNothing(compare));
        }
        try (var rows = versions.latest(compare.keys())) {
            if (!rows.next()) {
                return holdsOfNothing(compare);
            }
            do {
                if (!holds(compare, load(compare.target(), rows))) {
                    return false;
                }
            } while (rows.next());
            return true;
        }
    }

    /// No value can be named that an absent key has, so a comparison of values is false whatever it asks.
    private static boolean holdsOfNothing(Compare compare) {
        return switch (compare.target()) {
            case Target.Value _ -> false;
            case Target.Version _, Target.CreateRevision _, Target.ModRevision _, Target.Lease _ ->
                holds(compare, ABSENT);
        };
    }

    private static KeyValue load(Target target, VersionCursor version) {
        return switch (target) {
            case Target.Value _, Target.Lease _ -> version.keyValue();
            case Target.Version _, Target.CreateRevision _, Target.ModRevision _ -> version.numbers();
        };
    }

    private static boolean holds(Compare compare, KeyValue stored) {
        int comparison = switch (compare.target()) {
            case Target.Version(long version) -> Long.compare(stored.version(), version);
            case Target.CreateRevision(long revision) -> Long.compare(stored.createRevision(), revision);
            case Target.ModRevision(long revision) -> Long.compare(stored.modRevision(), revision);
            case Target.Value(Bytes value) -> stored.value().compareTo(value);
            case Target.Lease(LeaseId lease) -> Long.compare(stored.lease().number(), lease.number());
        };
        return compare.relation().holds(comparison);
    }
}
