package io.metastore.server.upkeep;

import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.model.Alarm;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares the members' data while this one leads, and raises the alarm `CORRUPT` for those that differ; then nobody
/// writes any more. What was found stays true after a change of leader, so an alarm of an old leader may be raised.
public final class CorruptionMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CorruptionMonitor.class);

    private final Consensus consensus;
    private final OwnHistory own;
    private final HistoryPoll others;
    private final Worker worker = new Worker(this::round);
    private final Schedule newest;
    private final Schedule compactions;

    /// The newest compaction that was compared on all members, or found to differ.
    private long compared = -1;

    /// Has no thread yet.
    CorruptionMonitor(Consensus consensus, OwnHistory own, CorruptionSettings settings, LongSupplier nanoTime) {
        this.consensus = consensus;
        this.own = own;
        this.others = new HistoryPoll(consensus);
        var ticks = new Ticks(nanoTime);
        newest = new Schedule(settings.newest(), ticks);
        compactions = new Schedule(settings.compactions(), ticks);
    }

    /// Begins to compare, with a thread of its own.
    public static CorruptionMonitor start(Consensus consensus, OwnHistory own, CorruptionSettings settings) {
        var monitor = new CorruptionMonitor(consensus, own, settings, System::nanoTime);
        monitor.worker.start("corruption-monitor");
        return monitor;
    }

    @Override
    public void close() {
        worker.close();
    }

    /// Takes one turn in place of the thread, which must not have been started; returns the nanoseconds until the
    /// next is due.
    long turn() {
        return worker.turn();
    }

    private long round() {
        boolean leads = consensus.state().isLeader();
        if (newest.begins(leads)) {
            compareNewest();
        }
        if (compactions.begins(leads)) {
            compare(own.ofCompactions());
        }
        return Math.min(newest.nanosLeft(), compactions.nanosLeft());
    }

    private void compareNewest() {
        if (own.upTo(0) instanceof HistoryHash.Known before) {
            others.ask(
                    before.hashRevision(),
                    answers -> consensus.awaitReadable(
                            barrier -> worker.post(() -> judgeNewest(before, answers, barrier))));
        } else {
            newest.end();
        }
    }

    private void judgeNewest(HistoryHash.Known before, Map<MemberId, HistoryHash> answers, Consensus.Barrier barrier) {
        if (barrier instanceof Consensus.Barrier.Passed && own.upTo(0) instanceof HistoryHash.Known after) {
            Verdict.ofNewest(consensus.state().self(), before, after, answers).ifPresent(this::raise);
            LOG.atInfo()
                    .addKeyValue("revision", before.hashRevision())
                    .addKeyValue("number-of-peers-checked", known(answers))
                    .log("finished peer corruption check");
        }
        newest.end();
    }

    /// Compares the first of them; the next one when not everybody could be compared at this one.
    private void compare(List<HistoryHash.Known> hashes) {
        if (hashes.isEmpty() || hashes.getFirst().hashRevision() <= compared) {
            compactions.end();
            return;
        }
        var first = hashes.getFirst();
        others.ask(
                first.hashRevision(),
                answers -> worker.post(() -> {
                    if (isJudged(first, answers)) {
                        compactions.end();
                    } else {
                        compare(hashes.subList(1, hashes.size()));
                    }
                }));
    }

    private boolean isJudged(HistoryHash.Known hash, Map<MemberId, HistoryHash> answers) {
        var verdict = Verdict.ofCompaction(consensus.state().self(), hash, answers);
        verdict.damaged().forEach(this::raise);
        if (verdict.complete()) {
            compared = hash.hashRevision();
            LOG.atInfo()
                    .addKeyValue("revision", hash.hashRevision())
                    .addKeyValue("damaged", verdict.damaged())
                    .log("finished compaction hash check");
        }
        return verdict.complete();
    }

    private void raise(MemberId member) {
        LOG.atError()
                .addKeyValue("member", member)
                .log("found data that differs between members; raising the alarm CORRUPT (member 0 when it cannot be"
                        + " told which one is right)");
        consensus.propose(new Command.SetAlarm(new Alarm(member, Alarm.Kind.CORRUPT), true), outcome -> {
            if (outcome instanceof Outcome.Refused(var reason)) {
                LOG.atError().addKeyValue("reason", reason).log("the alarm CORRUPT was not raised");
            }
        });
    }

    private static long known(Map<MemberId, HistoryHash> answers) {
        return answers.values().stream()
                .filter(HistoryHash.Known.class::isInstance)
                .count();
    }

    /// When one kind of comparison is due; never two of a kind at the same time.
    private static final class Schedule {
        private final long intervalMillis;
        private final Ticks ticks;
        private long next;
        private boolean busy;

        Schedule(Optional<Duration> interval, Ticks ticks) {
            this.ticks = ticks;
            intervalMillis = interval.map(Duration::toMillis).orElse(Long.MAX_VALUE);
            next = intervalMillis;
        }

        /// Whether it is time, and one may begin: then `end` must follow.
        boolean begins(boolean allowed) {
            if (busy || ticks.millis() < next) {
                return false;
            }
            busy = allowed;
            if (!allowed) {
                end();
            }
            return allowed;
        }

        void end() {
            busy = false;
            next = ticks.millis() + intervalMillis;
        }

        long nanosLeft() {
            return busy ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(next - ticks.millis());
        }
    }
}
