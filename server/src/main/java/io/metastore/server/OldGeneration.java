package io.metastore.server;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import javax.management.NotificationEmitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the old generation of the serial collector near the size of what lives in it. Left alone, that collector looks
/// for dead objects there only when the heap has reached its limit: a member whose log passes through the heap would
/// hold a gigabyte of dead entries beside some megabytes of live ones. Other collectors need no such help.
final class OldGeneration {
    private static final Logger LOG = LoggerFactory.getLogger(OldGeneration.class);
    private static final String SERIAL = "Tenured Gen";
    private static final long LEAST = 48L << 20;

    private final MemoryPoolMXBean pool;

    private OldGeneration(MemoryPoolMXBean pool) {
        this.pool = pool;
    }

    /// Collects from here on whenever the old generation has doubled since the last time; does nothing when another
    /// collector was chosen.
    static void keepSmall() {
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(SERIAL) && pool.isUsageThresholdSupported())
                .findFirst()
                .ifPresent(pool -> new OldGeneration(pool).watch(ManagementFactory.getMemoryMXBean()));
    }

    /// How many bytes may be used before the next collection.
    ///
    /// @param live bytes that survived the last one
    /// @param limit what the generation may grow to; from halfway there the collector is not left to hit it
    static long threshold(long live, long limit) {
        return Math.min(Math.max(LEAST, 2 * live), live + (limit - live) / 2);
    }

    private void watch(MemoryMXBean memory) {
        ((NotificationEmitter) memory)
                .addNotificationListener(
                        (_, _) -> collect(),
                        notification -> notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
                        null);
        adapt();
    }

    /// Runs on a thread of the JVM; all others stand still meanwhile, a tenth of a second for 50 MB of live objects.
    private void collect() {
        long before = pool.getUsage().getUsed();
        long start = System.nanoTime();
        System.gc();
        LOG.atDebug()
                .addKeyValue("before", before)
                .addKeyValue("live", pool.getUsage().getUsed())
                .addKeyValue("took-ms", (System.nanoTime() - start) / 1_000_000)
                .log("collected the old generation");
        adapt();
    }

    private void adapt() {
        var usage = pool.getUsage();
        pool.setUsageThreshold(threshold(usage.getUsed(), usage.getMax()));
    }
}
