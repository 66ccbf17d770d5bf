package io.metastore.server.raft.metric;

import java.util.function.LongSupplier;

/// Counts what is written to the log, from how large its segments are: Ratis tells the sizes and not the growth. What
/// is cut off or purged was written before all the same.
///
///     segments  8   30   30+20   20 (30 purged)   25      looked at each time
///     written   0   22   42      42               47
///
/// What is written between a purge and the look before it is missed, so look often: with every write.
public final class LogBytes {
    private final LongSupplier size;
    private long last;
    private long written;

    /// Nothing was written so far.
    ///
    /// @param size of all segments, in bytes
    LogBytes(LongSupplier size) {
        this.size = size;
        this.last = size.getAsLong();
    }

    synchronized void look() {
        long now = size.getAsLong();
        written += Math.max(0, now - last);
        last = now;
    }

    /// In bytes, with what is around the entries.
    public synchronized long written() {
        look();
        return written;
    }
}
