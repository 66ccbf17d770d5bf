package io.metastore.server.mvcc;

import com.google.protobuf.ByteString;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.KeyValue;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Revision;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Outcome.RangeDone;
import io.metastore.server.request.Outcome.Refused;
import io.metastore.server.request.Range;
import io.metastore.server.request.Range.Detail;
import io.metastore.server.request.Range.Sort;
import io.metastore.server.request.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What the store should do, in the plainest words: a list of all changes, walked for every question. Rules of ranges
/// and hashes are those of etcd, written down a second time.
final class Model {
    private static final int HASHES_KEPT = 10;

    /// @param version of a tombstone, only key and mod revision
    /// @param superseded the put before it, if the key was there
    record Change(long main, long sub, boolean tombstone, KeyValue version, Optional<Superseded> superseded) {}

    final List<Change> changes = new ArrayList<>();
    final TreeMap<Long, HashResult.Hash> compactionHashes = new TreeMap<>();
    long revision = 1;
    long compacted = -1;
    private long sub;

    // ---- changes

    void put(Bytes key, Bytes value, LeaseId lease) {
        var before = at(revision + 1).get(key);
        var version = before == null
                ? new KeyValue(key, value, revision + 1, revision + 1, 1, lease)
                : new KeyValue(key, value, before.createRevision(), revision + 1, before.version() + 1, lease);
        changes.add(new Change(revision + 1, sub++, false, version, superseded(key)));
    }

    void delete(KeyRange keys) {
        for (var version : at(revision + 1).values()) {
            if (keys.contains(version.key())) {
                var tombstone = KeyValue.tombstone(version.key(), revision + 1);
                changes.add(new Change(revision + 1, sub++, true, tombstone, superseded(version.key())));
            }
        }
    }

    void finish() {
        revision += sub > 0 ? 1 : 0;
        sub = 0;
    }

    Optional<Reason> compact(long to) {
        if (to <= compacted) {
            return Optional.of(Reason.COMPACTED);
        }
        if (to > revision) {
            return Optional.of(Reason.FUTURE_REVISION);
        }
        var kept = visible(to);
        kept.addAll(changes.stream()
                .filter(change -> change.main() == to && change.tombstone())
                .toList());
        compactionHashes.put(to, new HashResult.Hash(hash(to, compacted, kept), to, compacted, 0));
        if (compactionHashes.size() > HASHES_KEPT) {
            compactionHashes.pollFirstEntry();
        }
        changes.removeIf(change -> change.main() <= to && !kept.contains(change));
        compacted = to;
        return Optional.empty();
    }

    /// As it is now, and will not change any more.
    Model copy() {
        var copy = new Model();
        copy.changes.addAll(changes);
        copy.compactionHashes.putAll(compactionHashes);
        copy.revision = revision;
        copy.compacted = compacted;
        return copy;
    }

    private Optional<Superseded> superseded(Bytes key) {
        return newest(key)
                .map(put -> new Superseded(
                        new Revision(put.main(), put.sub()),
                        put.version().value().length()));
    }

    private Optional<Change> newest(Bytes key) {
        return changes.reversed().stream()
                .filter(change -> change.version().key().equals(key))
                .findFirst()
                .filter(change -> !change.tombstone());
    }

    // ---- reads

    /// The numbers of the newest version, with those of a transaction that is not finished.
    KeyNumbers numbers(Bytes key) {
        return newest(key).map(put -> KeyNumbers.of(put.version(), put.sub())).orElse(KeyNumbers.ABSENT);
    }

    /// The versions at a revision, in the order of keys.
    NavigableMap<Bytes, KeyValue> at(long atRevision) {
        var versions = new TreeMap<Bytes, KeyValue>();
        for (var change : changes) {
            if (change.main() > atRevision) {
                break;
            }
            if (change.tombstone()) {
                versions.remove(change.version().key());
            } else {
                versions.put(change.version().key(), change.version());
            }
        }
        return versions;
    }

    Outcome range(Range query) {
        long at = query.revision() <= 0 ? revision : query.revision();
        if (at > revision) {
            return new Refused(Reason.FUTURE_REVISION);
        }
        if (at < compacted) {
            return new Refused(Reason.COMPACTED);
        }
        var present = at(at).values().stream()
                .filter(version -> query.keys().contains(version.key()))
                .toList();
        if (query.detail() == Detail.COUNT_ONLY) {
            return new RangeDone(revision, List.of(), false, present.size());
        }
        var found = select(query, present);
        boolean more = query.limit() > 0 && found.size() > query.limit();
        var cut = more ? found.subList(0, (int) query.limit()) : found;
        return new RangeDone(
                revision, cut.stream().map(version -> strip(version, query)).toList(), more, present.size());
    }

    private static List<KeyValue> select(Range query, List<KeyValue> present) {
        var order = query.sort().order();
        var target = query.sort().target();
        boolean byKey = order == Sort.Order.NONE || (target == Sort.Target.KEY && order == Sort.Order.ASCEND);
        var bounds = query.bounds();
        boolean bounded = !bounds.equals(Range.RevisionBounds.NONE);
        long fetch = byKey && !bounded && query.limit() > 0 ? query.limit() : Long.MAX_VALUE - 1;
        var comparator = comparator(target);
        return present.stream()
                .limit(fetch + 1)
                .filter(version -> bounds.maxMod() == 0 || version.modRevision() <= bounds.maxMod())
                .filter(version -> bounds.minMod() == 0 || version.modRevision() >= bounds.minMod())
                .filter(version -> bounds.maxCreate() == 0 || version.createRevision() <= bounds.maxCreate())
                .filter(version -> bounds.minCreate() == 0 || version.createRevision() >= bounds.minCreate())
                .sorted(order == Sort.Order.DESCEND ? comparator.reversed() : comparator)
                .toList();
    }

    private static Comparator<KeyValue> comparator(Sort.Target target) {
        return switch (target) {
            case KEY -> Comparator.comparing(KeyValue::key);
            case VERSION -> Comparator.comparingLong(KeyValue::version);
            case CREATE -> Comparator.comparingLong(KeyValue::createRevision);
            case MOD -> Comparator.comparingLong(KeyValue::modRevision);
            case VALUE -> Comparator.comparing(KeyValue::value);
        };
    }

    private static KeyValue strip(KeyValue version, Range query) {
        if (query.detail() != Detail.KEYS_ONLY) {
            return version;
        }
        var lease = query.sort().target() == Sort.Target.VALUE ? version.lease() : LeaseId.NONE;
        return new KeyValue(
                version.key(), Bytes.EMPTY, version.createRevision(), version.modRevision(), version.version(), lease);
    }

    long logicalBytes() {
        return changes.stream()
                .mapToLong(change -> 64
                        + change.version().key().length()
                        + change.version().value().length())
                .sum();
    }

    // ---- hashes

    /// A restart forgets the hashes of compactions that were finished before it.
    void restart(long finishedRevision) {
        compactionHashes.headMap(finishedRevision, true).clear();
    }

    HashResult hashKv(long asked) {
        var left = compactionHashes.get(asked);
        if (left != null) {
            return new HashResult.Hash(left.hash(), asked, left.compactRevision(), revision);
        }
        if (asked > 0 && asked < compacted) {
            return new HashResult.Refused(Reason.COMPACTED);
        }
        if (asked > revision) {
            return new HashResult.Refused(Reason.FUTURE_REVISION);
        }
        long upTo = asked == 0 ? revision : asked;
        return new HashResult.Hash(hash(upTo, compacted, visible(upTo)), upTo, compacted, revision);
    }

    private int hash(long upTo, long compactedTo, Set<Change> kept) {
        int crc = crc(0xffffffff, new byte[] {'k', 'e', 'y'});
        for (var change : changes) {
            boolean skipped = change.main() <= compactedTo && !kept.isEmpty() && !kept.contains(change);
            boolean lastTombstone = change.main() == compactedTo && change.tombstone();
            if (change.main() <= upTo && !skipped && !lastTombstone) {
                crc = crc(crc(crc, rowKey(change)), rowValue(change));
            }
        }
        return ~crc;
    }

    private Set<Change> visible(long atRevision) {
        var newest = new HashMap<Bytes, Change>();
        for (var change : changes) {
            if (change.main() <= atRevision) {
                newest.put(change.version().key(), change);
            }
        }
        newest.values().removeIf(Change::tombstone);
        return new HashSet<>(newest.values());
    }

    private static byte[] rowKey(Change change) {
        var row = ByteBuffer.allocate(change.tombstone() ? 18 : 17)
                .putLong(change.main())
                .put((byte) '_')
                .putLong(change.sub());
        return change.tombstone() ? row.put((byte) 't').array() : row.array();
    }

    private static byte[] rowValue(Change change) {
        var version = change.version();
        var message = mvccpb.KeyValue.newBuilder()
                .setKey(ByteString.copyFrom(version.key().shared()));
        if (!change.tombstone()) {
            message.setCreateRevision(version.createRevision())
                    .setModRevision(version.modRevision())
                    .setVersion(version.version())
                    .setValue(ByteString.copyFrom(version.value().shared()))
                    .setLease(version.lease().number());
        }
        return message.build().toByteArray();
    }

    private static int crc(int start, byte[] bytes) {
        int crc = start;
        for (byte octet : bytes) {
            crc ^= octet & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
            }
        }
        return crc;
    }

    Map<Bytes, KeyValue> latest() {
        return at(revision);
    }
}
