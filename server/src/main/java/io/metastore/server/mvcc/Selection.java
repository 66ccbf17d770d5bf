package io.metastore.server.mvcc;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyValue;
import io.metastore.server.request.Range;
import io.metastore.server.request.Range.Detail;
import io.metastore.server.request.Range.Sort.Order;
import io.metastore.server.request.Range.Sort.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/// Picks from the versions of a range, offered in the order of keys, those that a query wants. It never holds more
/// than the limit and one, and asks for a value only when the version is held.
///
/// Source: etcd's `executeRange`, of which it keeps one oddity: a sort target other than the key, without an order
/// and without revision bounds, takes the first limit + 1 *keys*, sorts these and cuts.
final class Selection {
    private final Range query;
    private final boolean bounded;
    private final boolean sorted;
    private final long capacity;
    private final Comparator<KeyValue> order;
    private final List<KeyValue> inKeyOrder = new ArrayList<>();
    private final PriorityQueue<KeyValue> greatestFirst;
    private long matched;

    Selection(Range query) {
        this.query = query;
        bounded = !query.bounds().equals(Range.RevisionBounds.NONE);
        sorted = query.sort().target() != Target.KEY || query.sort().order() == Order.DESCEND;
        order = order(query.sort());
        greatestFirst = new PriorityQueue<>(order.reversed());
        capacity = query.limit() <= 0 ? Long.MAX_VALUE : query.limit();
    }

    /// Takes note of the version the cursor stands on.
    void offer(VersionCursor version) {
        if (!bounded && !picksInOrder()) {
            matched++;
            takeFirst(version);
            return;
        }
        var numbers = version.numbers();
        if (!inBounds(numbers)) {
            return;
        }
        matched++;
        if (picksInOrder()) {
            takeLeast(version, numbers);
        } else {
            takeFirst(version);
        }
    }

    /// Whether further versions, in the order of keys, could not change what is picked any more, nor `more`.
    boolean isDecided() {
        return !picksInOrder() && matched > capacity;
    }

    /// Whether versions beyond the limit matched.
    boolean more() {
        return matched > capacity;
    }

    /// What was picked, in the order asked for.
    List<KeyValue> picked() {
        var picked = new ArrayList<>(picksInOrder() ? greatestFirst : inKeyOrder);
        if (sorted) {
            picked.sort(order);
        }
        var cut = picked.size() > capacity ? picked.subList(0, (int) capacity) : picked;
        return List.copyOf(
                query.detail() == Detail.KEYS_ONLY
                        ? cut.stream().map(Selection::withoutValue).toList()
                        : cut);
    }

    /// Whether the order decides which versions are within the limit, and not the keys alone.
    private boolean picksInOrder() {
        return sorted && (bounded || query.sort().order() != Order.NONE);
    }

    private void takeFirst(VersionCursor version) {
        long room = sorted && capacity != Long.MAX_VALUE ? capacity + 1 : capacity;
        if (inKeyOrder.size() < room) {
            inKeyOrder.add(load(version));
        }
    }

    private void takeLeast(VersionCursor version, KeyValue numbers) {
        if (greatestFirst.size() < capacity) {
            greatestFirst.add(load(version));
            return;
        }
        var candidate = query.sort().target() == Target.VALUE ? version.keyValue() : numbers;
        var greatest = greatestFirst.element();
        if (order.compare(candidate, greatest) < 0) {
            greatestFirst.remove();
            greatestFirst.add(load(version));
        }
    }

    /// Keys alone are answered without their leases, unless values had to be read for the order.
    private KeyValue load(VersionCursor version) {
        return query.detail() == Detail.KEYS_ONLY && query.sort().target() != Target.VALUE
                ? version.numbers()
                : version.keyValue();
    }

    private boolean inBounds(KeyValue numbers) {
        var bounds = query.bounds();
        return within(numbers.modRevision(), bounds.minMod(), bounds.maxMod())
                && within(numbers.createRevision(), bounds.minCreate(), bounds.maxCreate());
    }

    private static boolean within(long revision, long min, long max) {
        return (min == 0 || revision >= min) && (max == 0 || revision <= max);
    }

    /// Versions that are equal in what is sorted by stay in the order of their keys, in a descending order too.
    private static Comparator<KeyValue> order(Range.Sort sort) {
        var ascending = byTarget(sort.target());
        return (sort.order() == Order.DESCEND ? ascending.reversed() : ascending).thenComparing(KeyValue::key);
    }

    private static Comparator<KeyValue> byTarget(Target target) {
        return switch (target) {
            case KEY -> Comparator.comparing(KeyValue::key);
            case VALUE -> Comparator.comparing(KeyValue::value);
            case VERSION -> byNumber(KeyValue::version);
            case CREATE -> byNumber(KeyValue::createRevision);
            case MOD -> byNumber(KeyValue::modRevision);
        };
    }

    private static Comparator<KeyValue> byNumber(ToLongFunction<KeyValue> number) {
        return Comparator.comparingLong(number);
    }

    private static KeyValue withoutValue(KeyValue version) {
        return version.value().isEmpty()
                ? version
                : new KeyValue(
                        version.key(),
                        Bytes.EMPTY,
                        version.createRevision(),
                        version.modRevision(),
                        version.version(),
                        version.lease());
    }
}
