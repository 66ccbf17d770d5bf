package io.metastore.server.upkeep;

import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.LeaseClock;
import io.metastore.server.consensus.Proposer;
import io.metastore.server.lease.Lease;
import io.metastore.server.lease.LeaseListener;
import io.metastore.server.lease.LeaseTable;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Reason;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The clock of all leases. It runs on the leader only and ends a lease only by proposing that; so what an old leader
/// still wants to end stays, because nothing of an old leadership takes effect under a new one.
///
/// Everything that happens to leases is posted to one thread, which owns the clock. Callers never wait for it.
public final class LeaseKeeper implements LeaseClock, LeaseListener, AutoCloseable {
    private final LeaseTable table;
    private final LeaseSettings settings;
    private final Ticks ticks;
    private final Worker worker = new Worker(this::round);
    private final AtomicInteger pendingRequests = new AtomicInteger();

    /// The leadership that lasts, if one does. It is what posted work is meant for, so work for an earlier one that
    /// is still on its way cannot touch this one.
    private volatile @Nullable LeaseWatch leading;

    /// Has no thread yet.
    ///
    /// @param nanoTime a monotonic source of nanoseconds, like `System.nanoTime`
    LeaseKeeper(LeaseTable table, LeaseSettings settings, LongSupplier nanoTime) {
        this.table = table;
        this.settings = settings;
        this.ticks = new Ticks(nanoTime);
    }

    public static LeaseKeeper start(LeaseTable table, LeaseSettings settings) {
        var keeper = new LeaseKeeper(table, settings, System::nanoTime);
        keeper.worker.start("lease-keeper");
        return keeper;
    }

    @Override
    public void begin(Proposer proposer) {
        stop(Reason.NOT_LEADER);
        var watch = new LeaseWatch(proposer, settings, ticks, worker::post);
        long now = ticks.millis();
        leading = watch;
        worker.post(() -> watch.load(table.all(), now));
    }

    @Override
    public void end() {
        stop(Reason.NOT_LEADER);
    }

    @Override
    public void granted(Lease lease) {
        var watch = leading;
        if (watch != null) {
            long now = ticks.millis();
            worker.post(() -> watch.granted(lease, now));
        }
    }

    @Override
    public void revoked(LeaseId id) {
        var watch = leading;
        if (watch != null) {
            worker.post(() -> watch.revoked(id));
        }
    }

    @Override
    public void checkpointed(Lease lease) {
        var watch = leading;
        if (watch != null) {
            worker.post(() -> watch.checkpointed(lease));
        }
    }

    @Override
    public void reloaded(List<Lease> all) {
        var watch = leading;
        if (watch != null) {
            long now = ticks.millis();
            worker.post(() -> watch.load(all, now));
        }
    }

    @Override
    public void renew(LeaseId lease, Consumer<LeaseAnswer> reply) {
        ask(reply, (watch, counted) -> watch.renew(lease, counted));
    }

    @Override
    public void timeToLive(LeaseId lease, Consumer<LeaseAnswer> reply) {
        ask(reply, (watch, counted) -> watch.timeToLive(lease, counted));
    }

    /// All leases: on the leader by the time they have left, the shortest first, elsewhere by their ids. The list is
    /// sorted and handed over on `where`.
    public void leases(Executor where, Consumer<List<LeaseId>> reply) {
        var watch = leading;
        if (watch == null) {
            where.execute(() -> reply.accept(byId()));
        } else {
            worker.post(() -> watch.list(where, reply));
        }
    }

    /// Refuses what waits, and what comes from now on.
    @Override
    public void close() {
        stop(Reason.STOPPED);
        worker.close();
    }

    /// Takes one turn of the clock in place of the thread, which must not have been started; returns the
    /// nanoseconds until the next is due.
    long turn() {
        return worker.turn();
    }

    private long round() {
        var watch = leading;
        return watch == null ? Long.MAX_VALUE : watch.round();
    }

    private void stop(Reason reason) {
        var watch = leading;
        leading = null;
        if (watch != null) {
            watch.over(reason);
            worker.post(watch::refuseWaiting);
        }
    }

    private void ask(Consumer<LeaseAnswer> reply, BiConsumer<LeaseWatch, Consumer<LeaseAnswer>> question) {
        var watch = leading;
        if (watch == null) {
            reply.accept(new LeaseAnswer.Refused(Reason.NOT_LEADER));
            return;
        }
        if (pendingRequests.incrementAndGet() > settings.pendingRequests()) {
            pendingRequests.decrementAndGet();
            reply.accept(new LeaseAnswer.Refused(Reason.TOO_MANY_REQUESTS));
            return;
        }
        worker.post(() -> question.accept(watch, answer -> {
            pendingRequests.decrementAndGet();
            reply.accept(answer);
        }));
    }

    private List<LeaseId> byId() {
        return table.all().stream()
                .map(Lease::id)
                .sorted(Comparator.comparingLong(LeaseId::number))
                .toList();
    }
}
