package io.metastore.server.watch;

import java.time.Duration;

/// How long there has been no leader.
final class LeaderAbsence {
    private final long patienceNanos;
    private boolean absent;
    private long since;

    /// @param patience how long an absence is put up with
    LeaderAbsence(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    synchronized void begin(long nowNanos) {
        if (!absent) {
            absent = true;
            since = nowNanos;
        }
    }

    synchronized void end() {
        absent = false;
    }

    synchronized boolean isTooLong(long nowNanos) {
        return absent && nowNanos - since >= patienceNanos;
    }
}
