package io.metastore.server.metrics;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// Counts values by size, in two additions each; cheap from many threads at once. It takes whole numbers of a small
/// unit (nanoseconds) and tells what it has in a large one (seconds).
///
///     bounds 1 2 4      observed 1 3 3 9      buckets 1 0 2 1      told le=1: 1, le=2: 1, le=4: 3, le=+Inf: 4
public final class Histogram {
    private final List<Double> bounds;
    private final long[] limits;
    private final double smallUnits;
    private final LongAdder[] buckets;
    private final LongAdder sum = new LongAdder();

    /// @param bounds in the large unit, ascending; a value at a bound is below it
    /// @param smallUnits how many of the small unit make one of the large
    Histogram(List<Double> bounds, double smallUnits) {
        this.bounds = List.copyOf(bounds);
        this.limits = bounds.stream()
                .mapToLong(bound -> Math.round(bound * smallUnits))
                .toArray();
        this.smallUnits = smallUnits;
        this.buckets = Stream.generate(LongAdder::new).limit(limits.length + 1L).toArray(LongAdder[]::new);
    }

    /// Takes a value in the small unit; of a duration, nanoseconds.
    public void observe(long value) {
        int bucket = 0;
        while (bucket < limits.length && value > limits[bucket]) {
            bucket++;
        }
        buckets[bucket].increment();
        sum.add(value);
    }

    /// Observes the time since `System.nanoTime()` was `startNanos`, and tells the time it is now.
    public long observeSince(long startNanos) {
        long now = System.nanoTime();
        observe(now - startNanos);
        return now;
    }

    public long count() {
        long count = 0;
        for (var bucket : buckets) {
            count += bucket.sum();
        }
        return count;
    }

    /// In the large unit.
    List<Double> bounds() {
        return bounds;
    }

    /// How many are in each bucket, the last being for what is above all bounds.
    long[] counts() {
        var counts = new long[buckets.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = buckets[i].sum();
        }
        return counts;
    }

    /// In the large unit.
    double sum() {
        return sum.sum() / smallUnits;
    }
}
