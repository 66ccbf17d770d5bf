package io.metastore.server.auth;

import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Keys as ranges that neither overlap nor touch, ascending; so a range is covered when one of them holds it.
///
///     [a, c) [p, p] [b, e) [e, f)   →   [a, f) [p, p]
final class Ranges {
    private final List<KeyRange> merged;

    private Ranges(List<KeyRange> merged) {
        this.merged = merged;
    }

    static Ranges of(Collection<KeyRange> ranges) {
        var sorted = ranges.stream()
                .filter(range -> !range.isEmpty())
                .sorted(Comparator.comparing(KeyRange::from))
                .toList();
        var merged = new ArrayList<KeyRange>();
        for (var range : sorted) {
            if (!merged.isEmpty() && reaches(merged.getLast(), range.from())) {
                var last = merged.removeLast();
                merged.add(new KeyRange(last.from(), later(last.to(), range.to())));
            } else {
                merged.add(range);
            }
        }
        return new Ranges(List.copyOf(merged));
    }

    /// Whether every key of `range` is in one of these. Of a range that ends before it begins, and so has no
    /// key, the beginning must be.
    boolean cover(KeyRange range) {
        int at = lastFrom(range.from());
        if (at < 0) {
            return false;
        }
        var last = merged.get(at);
        boolean endsInside =
                last.isUnbounded() || (!range.isUnbounded() && range.to().compareTo(last.to()) <= 0);
        return endsInside && last.contains(range.from());
    }

    /// The last of the ranges that begin at or before `key`; −1 when none does.
    private int lastFrom(Bytes key) {
        int low = 0;
        int high = merged.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (merged.get(middle).from().compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private static boolean reaches(KeyRange range, Bytes key) {
        return range.isUnbounded() || range.to().compareTo(key) >= 0;
    }

    private static Bytes later(Bytes to, Bytes other) {
        if (to.isEmpty() || other.isEmpty()) {
            return Bytes.EMPTY;
        }
        return to.compareTo(other) >= 0 ? to : other;
    }
}
