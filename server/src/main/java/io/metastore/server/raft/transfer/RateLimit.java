package io.metastore.server.raft.transfer;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How fast this member gives its state away, to all who ask together: a bucket that fills with time and holds what
/// may be sent in a tenth of a second, so that a late thread makes up for it and nothing comes in one heap.
///
///     1 MiB/s, chunks of 512 KiB      now, after 0.4 s, after 0.9 s, …
public final class RateLimit {
    /// As a limit: there is none.
    public static final long NONE = 0;

    private static final long HEAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;

    /// When all that was let through would have been sent at exactly this rate. Guarded by this.
    private long busyUntil;

    /// @param bytesPerSecond above 0, or `NONE`
    /// @param nanoTime as `System.nanoTime`
    public RateLimit(long bytesPerSecond, LongSupplier nanoTime) {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("cannot send " + bytesPerSecond + " bytes a second");
        }
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        this.busyUntil = nanoTime.getAsLong() - HEAP_NANOS;
    }

    /// Lets so many bytes through, one caller after the other, and tells for how many nanoseconds the caller is to wait
    /// before it sends them. Does not wait itself.
    public synchronized long take(int bytes) {
        if (bytesPerSecond == NONE) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        if (busyUntil - now < -HEAP_NANOS) {
            busyUntil = now - HEAP_NANOS;
        }
        long wait = Math.max(0, busyUntil - now);
        busyUntil += (long) (bytes * ((double) TimeUnit.SECONDS.toNanos(1) / bytesPerSecond));
        return wait;
    }
}
