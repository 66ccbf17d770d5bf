package io.metastore.server.raft.watchdog;

/// For how long something has been the case without a break.
final class Stopwatch {
    private static final long NEVER = Long.MIN_VALUE;

    private long since = NEVER;

    /// Milliseconds since the first look at which it was the case, without a break since; -1 when it is not.
    long look(boolean isCase, long nowMillis) {
        if (!isCase) {
            since = NEVER;
            return -1;
        }
        if (since == NEVER) {
            since = nowMillis;
        }
        return nowMillis - since;
    }

    void reset() {
        since = NEVER;
    }
}
