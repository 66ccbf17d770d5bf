package io.metastore.server.raft.propose;

import java.time.Duration;

/// Says when those that will come are here. Answers bring their senders back with the next command, so after an entry
/// is done it is worth a moment's wait to have all of them in the next one, rather than half of them in each of two
/// that take turns: an entry costs much the same whether it is full or not.
///
///     21 clients, sent at once:      10 | 11 | 10 | 11 ...
///     21 clients, waited for:        21 | 21 | 21 ...
///
/// A lone sender is complete as soon as it is here, so it never waits. Who holds this guards it.
final class Gathering {
    private static final long MAX_WAIT_NANOS = Duration.ofMillis(2).toNanos();

    private int expected;
    private long untilNanos;

    /// An entry is done, and those that sent it will soon be back.
    ///
    /// @param answered how many sent it
    /// @param waiting how many wait already for the next
    /// @param tookNanos from its sending until it was done
    void done(int answered, int waiting, long tookNanos, long nowNanos) {
        expected = answered + waiting;
        untilNanos = nowNanos + Math.min(MAX_WAIT_NANOS, tookNanos / 4);
    }

    /// Whether there is nobody to wait for, or no time left to. One in eight may stay away.
    boolean isComplete(int waiting, long nowNanos) {
        return waiting >= expected - expected / 8 || untilNanos - nowNanos <= 0;
    }

    long remainingNanos(long nowNanos) {
        return untilNanos - nowNanos;
    }
}
