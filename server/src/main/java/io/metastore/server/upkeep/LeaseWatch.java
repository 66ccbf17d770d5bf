package io.metastore.server.upkeep;

import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.Proposer;
import io.metastore.server.lease.Lease;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Reason;
import io.metastore.server.upkeep.LeaseTimer.Phase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The leases during one leadership: how long each has left, and what is to be proposed about it. Only the keeper's
/// thread touches it, but for `over`.
///
/// What it hears of one lease may be older than what it loaded: the table is read after the leadership began, and
/// changes from the beginning on are heard as well. Hearing all of them, in order, ends in the right state.
final class LeaseWatch {
    /// Timers looked at between two looks at the posted work.
    private static final int TIMERS_A_ROUND = 10_000;

    private final Ticks ticks;
    private final long tickMillis;
    private final Map<LeaseId, LeaseTimer> timers = new HashMap<>();
    private final TimerHeap heap = new TimerHeap();
    private final Expiries expiries;
    private final Checkpoints checkpoints;

    /// Renewals that wait for the end of their lease, or for its note to be cleared.
    private final Map<LeaseTimer, List<Consumer<LeaseAnswer>>> waiting = new HashMap<>();

    private long nextLook;
    private volatile @Nullable Reason over;

    /// @param later has work done in a turn of the keeper's thread
    LeaseWatch(Proposer proposer, LeaseSettings settings, Ticks ticks, Consumer<Runnable> later) {
        this.ticks = ticks;
        this.tickMillis = settings.tick().toMillis();
        this.nextLook = ticks.millis();
        var proposals = new Proposals(proposer, later);
        this.expiries = new Expiries(this, proposals, settings, ticks);
        this.checkpoints = new Checkpoints(this, proposals, settings, ticks);
    }

    /// Begins with these leases, at a time that may be past by now.
    void load(List<Lease> leases, long now) {
        if (over != null) {
            return;
        }
        List.copyOf(timers.values()).forEach(this::drop);
        var loaded = new ArrayList<LeaseTimer>(leases.size());
        for (var lease : leases) {
            var timer = new LeaseTimer(lease, now, lease.secondsAtNewLeader());
            timer.wake = timer.nextWake();
            timers.put(lease.id(), timer);
            loaded.add(timer);
        }
        heap.addAll(loaded);
    }

    void granted(Lease lease, long now) {
        revoked(lease.id());
        var timer = new LeaseTimer(lease, now, lease.ttlSeconds());
        timers.put(lease.id(), timer);
        schedule(timer);
    }

    void revoked(LeaseId id) {
        var timer = timers.get(id);
        if (timer != null) {
            drop(timer);
        }
    }

    void checkpointed(Lease lease) {
        var timer = timers.get(lease.id());
        if (timer == null) {
            return;
        }
        timer.stored(lease);
        if (timer.phase() == Phase.RUNNING && timer.isUnderstated(ticks.millis())) {
            checkpoints.add(timer);
        }
    }

    void renew(LeaseId id, Consumer<LeaseAnswer> reply) {
        var timer = answerable(id, reply);
        if (timer == null) {
            return;
        }
        long now = ticks.millis();
        if (timer.phase() == Phase.RESETTING || timer.isExpired(now)) {
            await(timer, reply);
        } else if (timer.isNoted()) {
            await(timer, reply);
            checkpoints.clear(timer);
        } else {
            timer.renew(now);
            reply.accept(alive(timer, now));
        }
    }

    void timeToLive(LeaseId id, Consumer<LeaseAnswer> reply) {
        var timer = answerable(id, reply);
        if (timer == null) {
            return;
        }
        // A lease that has expired is there until it is revoked, with nothing left, as with etcd: who is told that it
        // is gone may grant it anew at once.
        reply.accept(alive(timer, ticks.millis()));
    }

    void list(Executor where, Consumer<List<LeaseId>> reply) {
        record Left(LeaseId id, long millis) {}
        long now = ticks.millis();
        var all = timers.values().stream()
                .map(timer -> new Left(timer.id(), timer.remainingMillis(now)))
                .toList();
        var order = Comparator.comparingLong(Left::millis)
                .thenComparingLong(left -> left.id().number());
        where.execute(
                () -> reply.accept(all.stream().sorted(order).map(Left::id).toList()));
    }

    /// Looks at the timers that are due, and proposes what there is to propose. Returns the nanoseconds until there
    /// is something to do again.
    long round() {
        long now = ticks.millis();
        if (now >= nextLook && !look(now)) {
            nextLook = now + tickMillis;
        }
        expiries.propose();
        checkpoints.propose();
        if (heap.isEmpty()) {
            return Long.MAX_VALUE;
        }
        return TimeUnit.MILLISECONDS.toNanos(Math.max(Math.max(heap.first().wake, nextLook) - now, 0));
    }

    /// The leadership is over, from any thread: what is asked or under way from now on is refused.
    void over(Reason reason) {
        over = reason;
    }

    void refuseWaiting() {
        for (var timer : List.copyOf(waiting.keySet())) {
            answer(timer, new LeaseAnswer.Refused(over == null ? Reason.NOT_LEADER : over));
        }
    }

    /// Puts a timer into the heap, for when there is something to do for it.
    void schedule(LeaseTimer timer) {
        scheduleAt(timer, timer.nextWake());
    }

    void scheduleAt(LeaseTimer timer, long wake) {
        heap.remove(timer);
        timer.wake = wake;
        heap.add(timer);
    }

    /// Forgets a lease that is revoked.
    void drop(LeaseTimer timer) {
        timers.remove(timer.id(), timer);
        heap.remove(timer);
        timer.enter(Phase.GONE);
        answer(timer, new LeaseAnswer.Gone());
    }

    /// Answers the renewals that wait for this lease.
    void answer(LeaseTimer timer, LeaseAnswer answer) {
        var replies = waiting.remove(timer);
        if (replies != null) {
            replies.forEach(reply -> reply.accept(answer));
        }
    }

    static LeaseAnswer alive(LeaseTimer timer, long now) {
        return new LeaseAnswer.Alive(timer.remainingMillis(now), timer.ttlSeconds());
    }

    /// Returns whether more timers are due than one round takes.
    private boolean look(long now) {
        for (int looked = 0; looked < TIMERS_A_ROUND; looked++) {
            if (heap.isEmpty() || heap.first().wake > now) {
                return false;
            }
            var timer = heap.first();
            heap.remove(timer);
            look(timer, now);
        }
        return true;
    }

    private void look(LeaseTimer timer, long now) {
        switch (timer.phase()) {
            case RUNNING -> {
                if (timer.isExpired(now)) {
                    timer.enter(Phase.EXPIRED);
                    expiries.add(timer);
                    return;
                }
                if (timer.isCheckpointDue(now)) {
                    checkpoints.add(timer);
                    timer.planCheckpoint(now);
                }
                schedule(timer);
            }
            case EXPIRED -> expiries.add(timer);
            case RESETTING, GONE -> {} // the first comes back with its answer
        }
    }

    private void await(LeaseTimer timer, Consumer<LeaseAnswer> reply) {
        waiting.computeIfAbsent(timer, _ -> new ArrayList<>()).add(reply);
    }

    /// The timer of a lease that is known here; otherwise nothing, and the reply has been given.
    private @Nullable LeaseTimer answerable(LeaseId id, Consumer<LeaseAnswer> reply) {
        var reason = over;
        if (reason != null) {
            reply.accept(new LeaseAnswer.Refused(reason));
            return null;
        }
        var timer = timers.get(id);
        if (timer == null) {
            reply.accept(new LeaseAnswer.Gone());
        }
        return timer;
    }
}
