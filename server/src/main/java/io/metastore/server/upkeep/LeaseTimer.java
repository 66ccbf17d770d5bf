package io.metastore.server.upkeep;

import io.metastore.server.lease.Lease;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Command.CheckpointLeases.Remaining;

/// One lease as its leader sees it. Times are milliseconds of the keeper's clock.
///
/// A renewal only moves `deadline` and `checkpointAt`; the place in the heap follows when `wake` is reached. So a
/// renewal costs no walk through the heap, however many leases there are.
///
///     granted at 0, TTL 10 s       deadline 10,000   checkpointAt 5,000   wake 5,000
///     renewed at 3,000             deadline 13,000   checkpointAt 8,000   wake 5,000
///     looked at at 5,000: not due  deadline 13,000   checkpointAt 8,000   wake 8,000
final class LeaseTimer {
    private static final long MILLIS = 1000;

    /// Notes closer together than this would cost more than they save.
    private static final long SHORTEST_CHECKPOINT_MILLIS = 1000;

    enum Phase {
        /// It has time left, or it ran out and that has not been noticed yet.
        RUNNING,
        /// A renewal waits until the note of its remaining time is cleared. It does not expire meanwhile.
        RESETTING,
        /// Its time ran out: nothing saves it any more, its end is proposed until it is applied.
        EXPIRED,
        /// It was revoked. Whoever still holds it has missed that and drops it.
        GONE
    }

    private Lease lease;
    private Phase phase = Phase.RUNNING;
    private boolean noted;
    private long deadline;
    private long checkpointAt;

    /// When it is looked at next, which is what the heap orders by. Only the heap's owner changes it, outside the
    /// heap.
    long wake;
    /// Where it is in the heap, or below 0. Belongs to the heap.
    int place = -1;

    LeaseTimer(Lease lease, long now, long seconds) {
        this.lease = lease;
        this.noted = lease.hasCheckpoint();
        start(now, seconds);
    }

    LeaseId id() {
        return lease.id();
    }

    long ttlSeconds() {
        return lease.ttlSeconds();
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    boolean isExpired(long now) {
        return phase == Phase.EXPIRED || (phase == Phase.RUNNING && now >= deadline);
    }

    long remainingMillis(long now) {
        return Math.max(0, deadline - now);
    }

    /// The remaining time in whole seconds, rounded up, so that it is never 0 before the end.
    long remainingSeconds(long now) {
        return Math.ceilDiv(remainingMillis(now), MILLIS);
    }

    /// Whether a note of its remaining time is stored or on its way: a renewal must clear it first.
    boolean isNoted() {
        return noted;
    }

    /// What to note of it now: what it has left, or nothing when that is all of its time.
    Remaining note(long now) {
        noted = true;
        long seconds = remainingSeconds(now);
        return new Remaining(lease.id(), seconds < lease.ttlSeconds() ? seconds : 0);
    }

    /// The stored lease changed.
    void stored(Lease newest) {
        lease = newest;
        noted = newest.hasCheckpoint();
    }

    /// The note was cleared. Said again by `stored`, before or after.
    void cleared() {
        stored(new Lease(lease.id(), lease.ttlSeconds(), 0));
    }

    /// Whether the stored note gives it less than it has, as after a note that was overtaken by a renewal.
    boolean isUnderstated(long now) {
        return lease.hasCheckpoint() && lease.remainingSeconds() < remainingSeconds(now);
    }

    void renew(long now) {
        start(now, lease.ttlSeconds());
    }

    boolean isCheckpointDue(long now) {
        return now >= checkpointAt;
    }

    /// Plans the next note for when half of what is left now has passed; none when that is no earlier than the end.
    void planCheckpoint(long now) {
        checkpointAt = now + Math.max(remainingMillis(now) / 2, SHORTEST_CHECKPOINT_MILLIS);
    }

    /// Has the next note made at `latest`, if it is not due before.
    void checkpointBy(long latest) {
        checkpointAt = Math.min(checkpointAt, latest);
    }

    /// When there is something to do for it, if nothing happens before.
    long nextWake() {
        return Math.min(deadline, checkpointAt);
    }

    private void start(long now, long seconds) {
        deadline = now + seconds * MILLIS;
        planCheckpoint(now);
    }
}
