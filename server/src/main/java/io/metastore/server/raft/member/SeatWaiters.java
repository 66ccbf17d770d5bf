package io.metastore.server.raft.member;

import io.metastore.server.consensus.Members.Seat;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.ratis.server.RaftServer;

/// Those who wait until a change of the members has come through. From any thread.
public final class SeatWaiters implements AutoCloseable {
    private final RaftServer.Division division;
    private final long timeoutNanos;
    private final Queue<Waiter> waiting = new ConcurrentLinkedQueue<>();

    private record Waiter(MemberId member, Seat seat, long deadlineNanos, Consumer<Optional<Reason>> reply) {}

    public SeatWaiters(RaftServer.Division division, Duration timeout) {
        this.division = division;
        this.timeoutNanos = timeout.toNanos();
    }

    /// Calls `reply` when the member has this seat for sure, or when the time is up.
    public void await(MemberId member, Seat seat, Consumer<Optional<Reason>> reply) {
        waiting.add(new Waiter(member, seat, System.nanoTime() + timeoutNanos, reply));
        tick();
    }

    /// Looks once more. Called often.
    public void tick() {
        if (waiting.isEmpty()) {
            return;
        }
        var seats = Seats.of(division);
        long now = System.nanoTime();
        for (var waiter : List.copyOf(waiting)) {
            boolean there = seats.settled() && seats.seatOf(waiter.member()) == waiter.seat();
            if ((there || waiter.deadlineNanos() - now <= 0) && waiting.remove(waiter)) {
                waiter.reply().accept(there ? Optional.empty() : Optional.of(Reason.TIMED_OUT));
            }
        }
    }

    /// Refuses all who wait.
    @Override
    public void close() {
        for (var waiter : List.copyOf(waiting)) {
            if (waiting.remove(waiter)) {
                waiter.reply().accept(Optional.of(Reason.STOPPED));
            }
        }
    }
}
