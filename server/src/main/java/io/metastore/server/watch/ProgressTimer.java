package io.metastore.server.watch;

/// When the quiet watchers of one stream are told how far they are. For one thread at a time.
final class ProgressTimer {
    private final long periodNanos;
    private long next;

    ProgressTimer(long nowNanos, long periodNanos) {
        this.periodNanos = periodNanos;
        this.next = nowNanos + periodNanos;
    }

    /// Whether a period has ended; if so the next one begins now.
    boolean isDue(long nowNanos) {
        if (nowNanos - next < 0) {
            return false;
        }
        next = nowNanos + periodNanos;
        return true;
    }
}
