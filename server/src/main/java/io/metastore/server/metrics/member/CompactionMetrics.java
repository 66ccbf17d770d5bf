package io.metastore.server.metrics.member;

import io.metastore.server.metrics.Histogram;
import io.metastore.server.metrics.Level;
import io.metastore.server.metrics.Registry;
import io.metastore.server.upkeep.CompactionMeter;
import java.util.concurrent.TimeUnit;

/// Compactions, and giving space back. There is no index in memory, so of its compaction there is nothing to tell.
final class CompactionMetrics implements CompactionMeter {
    private final Histogram steps;
    private final Histogram totals;
    private final Level last;
    private final Histogram defragmentations;
    private final Level defragmenting;

    /// Of the compaction under way. For the compacting thread.
    private long spentNanos;

    CompactionMetrics(Registry registry) {
        steps = registry.histogram("etcd_debugging_mvcc_db_compaction_pause_duration_milliseconds");
        totals = registry.histogram("etcd_debugging_mvcc_db_compaction_total_duration_milliseconds");
        last = registry.level("etcd_debugging_mvcc_db_compaction_last");
        registry.histogram("etcd_debugging_mvcc_index_compaction_pause_duration_milliseconds");
        defragmentations = registry.histogram("etcd_disk_backend_defrag_duration_seconds");
        defragmenting = registry.level("etcd_disk_defrag_inflight");
    }

    @Override
    public void step(long nanos, boolean finished) {
        steps.observe(nanos);
        spentNanos += nanos;
        if (finished) {
            totals.observe(spentNanos);
            spentNanos = 0;
            last.set(TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()));
        }
    }

    void defragmenting(Runnable work) {
        long start = System.nanoTime();
        defragmenting.add(1);
        try {
            work.run();
        } finally {
            defragmenting.add(-1);
            defragmentations.observeSince(start);
        }
    }
}
