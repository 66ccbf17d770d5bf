package io.metastore.server.raft.metric;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.ratis.metrics.LongCounter;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.metrics.Timekeeper;

/// The figures of one part of Ratis.
final class CounterRegistry implements RatisMetricRegistry {
    private final MetricRegistryInfo info;
    private final Map<String, Object> metrics = new ConcurrentHashMap<>();

    CounterRegistry(MetricRegistryInfo info) {
        this.info = info;
    }

    @Override
    public Timekeeper timer(String name) {
        return stopwatch(name);
    }

    /// Whether these are the figures of this part of this member.
    boolean isOf(String member, String part) {
        return info.getPrefix().equals(member) && info.getMetricsComponentName().equals(part);
    }

    /// Passes the times of a timer on from now on.
    void tell(String timer, LongConsumer nanos) {
        stopwatch(timer).tell(nanos);
    }

    /// What a gauge shows, 0 as long as there is none.
    long number(String gauge) {
        return metrics.get(gauge) instanceof Supplier<?> shown && shown.get() instanceof Number number
                ? number.longValue()
                : 0;
    }

    private Stopwatch stopwatch(String name) {
        return (Stopwatch) metrics.computeIfAbsent(name, _ -> new Stopwatch());
    }

    @Override
    public LongCounter counter(String name) {
        return (LongCounter) metrics.computeIfAbsent(name, _ -> new Counter(new LongAdder()));
    }

    @Override
    public boolean remove(String name) {
        return metrics.remove(name) != null;
    }

    @Override
    public <T> void gauge(String name, Supplier<Supplier<T>> gaugeSupplier) {
        metrics.put(name, gaugeSupplier.get());
    }

    @Override
    public MetricRegistryInfo getMetricRegistryInfo() {
        return info;
    }

    private record Counter(LongAdder sum) implements LongCounter {
        @Override
        public void inc(long n) {
            sum.add(n);
        }

        @Override
        public void dec(long n) {
            sum.add(-n);
        }

        @Override
        public long getCount() {
            return sum.sum();
        }
    }
}
