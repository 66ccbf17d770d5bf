package io.metastore.server.upkeep;

import io.metastore.server.consensus.LeaderDuty;
import io.metastore.server.consensus.Proposer;
import io.metastore.server.request.Command.Compact;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives up old history as the policy says. Every member follows the store's revision, so that a new leader knows the
/// one of a period ago; only the leader compacts.
public final class AutoCompaction implements LeaderDuty, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AutoCompaction.class);

    private final CompactionSchedule schedule;
    private final LongSupplier revision;
    private final Ticks ticks;
    private final Worker worker = new Worker(this::round);
    private volatile @Nullable Proposer leading;
    private long nextTick;

    /// One compaction is under way, so none is begun.
    private boolean proposed;

    /// Has no thread yet.
    ///
    /// @param revision the store's newest revision
    /// @param nanoTime a monotonic source of nanoseconds, like `System.nanoTime`
    AutoCompaction(CompactionPolicy policy, LongSupplier revision, LongSupplier nanoTime) {
        this.revision = revision;
        this.ticks = new Ticks(nanoTime);
        this.schedule = CompactionSchedule.of(policy, ticks.millis(), revision.getAsLong());
        this.nextTick = schedule.intervalMillis();
    }

    /// Begins to follow the store, with a thread of its own.
    ///
    /// @param revision the store's newest revision, asked from that thread
    public static AutoCompaction start(CompactionPolicy policy, LongSupplier revision) {
        var compaction = new AutoCompaction(policy, revision, System::nanoTime);
        compaction.worker.start("auto-compaction");
        return compaction;
    }

    @Override
    public void begin(Proposer proposer) {
        leading = proposer;
    }

    @Override
    public void end() {
        leading = null;
    }

    @Override
    public void close() {
        leading = null;
        worker.close();
    }

    /// Takes one turn in place of the thread, which must not have been started; returns the nanoseconds until the
    /// next is due.
    long turn() {
        return worker.turn();
    }

    private long round() {
        long now = ticks.millis();
        if (now >= nextTick) {
            nextTick = now + schedule.intervalMillis();
            tick(now);
        }
        return TimeUnit.MILLISECONDS.toNanos(nextTick - now);
    }

    private void tick(long now) {
        var proposer = leading;
        var due = schedule.tick(now, revision.getAsLong(), proposer != null && !proposed);
        if (proposer != null && due.isPresent()) {
            compact(proposer, due.getAsLong());
        }
    }

    private void compact(Proposer proposer, long target) {
        proposed = true;
        log.atInfo().addKeyValue("revision", target).log("automatic compaction began");
        proposer.propose(new Compact(target), outcome -> worker.post(() -> answered(target, outcome)));
    }

    private void answered(long target, Outcome outcome) {
        proposed = false;
        switch (outcome) {
            case Outcome.Done _ -> schedule.compacted(ticks.millis(), target);
            case Outcome.Refused(var reason)
            when reason == Reason.COMPACTED -> schedule.compacted(ticks.millis(), target);
            case Outcome.Refused(var reason) ->
                log.atWarn()
                        .addKeyValue("revision", target)
                        .addKeyValue("reason", reason)
                        .log("automatic compaction was refused; it is tried again");
        }
    }
}
