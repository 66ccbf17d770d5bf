package io.metastore.server.upkeep;

import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.request.Command.CheckpointLeases;
import io.metastore.server.request.Command.CheckpointLeases.Remaining;
import io.metastore.server.request.Outcome;
import io.metastore.server.upkeep.LeaseTimer.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/// Notes of what leases have left, for the next leader, and the clearing of such notes before a renewal is
/// answered. Many leases share one command; only so many commands are in flight.
final class Checkpoints {
    private final LeaseWatch watch;
    private final Proposals proposals;
    private final Ticks ticks;
    private final int commandLimit;
    private final int leasesPerCommand;
    private final long retryMillis;
    private final Queue<LeaseTimer> toNote = new ArrayDeque<>();
    private final Queue<LeaseTimer> toClear = new ArrayDeque<>();
    private int notesInFlight;
    private int clearsInFlight;

    Checkpoints(LeaseWatch watch, Proposals proposals, LeaseSettings settings, Ticks ticks) {
        this.watch = watch;
        this.proposals = proposals;
        this.ticks = ticks;
        this.commandLimit = settings.checkpointsInFlight();
        this.leasesPerCommand = settings.leasesPerCheckpoint();
        this.retryMillis = settings.retry().toMillis();
    }

    /// Has the lease's remaining time noted.
    void add(LeaseTimer timer) {
        toNote.add(timer);
    }

    /// Has the lease's note cleared; the renewals that wait for it are then carried out. It does not expire
    /// meanwhile.
    void clear(LeaseTimer timer) {
        timer.enter(Phase.RESETTING);
        toClear.add(timer);
    }

    void propose() {
        while (clearsInFlight < commandLimit && !toClear.isEmpty()) {
            proposeClears();
        }
        while (notesInFlight < commandLimit && !toNote.isEmpty()) {
            proposeNotes();
        }
    }

    private void proposeClears() {
        var timers = new ArrayList<LeaseTimer>();
        while (timers.size() < leasesPerCommand && !toClear.isEmpty()) {
            var timer = toClear.remove();
            if (timer.phase() == Phase.RESETTING) {
                timers.add(timer);
            }
        }
        if (timers.isEmpty()) {
            return;
        }
        var notes = timers.stream().map(timer -> new Remaining(timer.id(), 0)).toList();
        clearsInFlight++;
        proposals.propose(new CheckpointLeases(notes), outcome -> cleared(timers, outcome));
    }

    private void cleared(List<LeaseTimer> timers, Outcome outcome) {
        clearsInFlight--;
        long now = ticks.millis();
        for (var timer : timers) {
            if (timer.phase() == Phase.RESETTING) {
                timer.enter(Phase.RUNNING);
                watch.answer(timer, cleared(timer, outcome, now));
                watch.schedule(timer);
            }
        }
    }

    private LeaseAnswer cleared(LeaseTimer timer, Outcome outcome, long now) {
        return switch (outcome) {
            case Outcome.Done _ -> {
                timer.cleared();
                timer.renew(now);
                yield LeaseWatch.alive(timer, now);
            }
            case Outcome.Refused(var reason) -> {
                timer.checkpointBy(now + retryMillis); // a note may have been refused with it
                yield new LeaseAnswer.Refused(reason);
            }
        };
    }

    private void proposeNotes() {
        long now = ticks.millis();
        var timers = new ArrayList<LeaseTimer>();
        while (timers.size() < leasesPerCommand && !toNote.isEmpty()) {
            var timer = toNote.remove();
            if (isWorthNoting(timer, now)) {
                timers.add(timer);
            }
        }
        if (timers.isEmpty()) {
            return;
        }
        var notes = timers.stream().map(timer -> timer.note(now)).toList();
        notesInFlight++;
        proposals.propose(new CheckpointLeases(notes), outcome -> noted(timers, outcome));
    }

    /// Not when it ended, or was renewed while it stood in line and no stored note says otherwise.
    private static boolean isWorthNoting(LeaseTimer timer, long now) {
        return timer.phase() == Phase.RUNNING
                && !timer.isExpired(now)
                && (timer.remainingSeconds(now) < timer.ttlSeconds() || timer.isUnderstated(now));
    }

    private void noted(List<LeaseTimer> timers, Outcome outcome) {
        notesInFlight--;
        switch (outcome) {
            case Outcome.Done _ -> {}
            case Outcome.Refused _ -> {
                long again = ticks.millis() + retryMillis;
                timers.stream().filter(timer -> timer.phase() == Phase.RUNNING).forEach(timer -> {
                    timer.checkpointBy(again);
                    watch.schedule(timer);
                });
            }
        }
    }
}
