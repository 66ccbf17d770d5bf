package io.metastore.server.upkeep;

import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.request.Command.RevokeLease;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import io.metastore.server.upkeep.LeaseTimer.Phase;
import java.util.ArrayDeque;
import java.util.Queue;

/// Leases that have run out and whose end is to be proposed, or was and is not applied yet. Only so many proposals
/// are in flight, so that clients' changes keep their share when very many leases run out at once.
final class Expiries {
    private final LeaseWatch watch;
    private final Proposals proposals;
    private final int limit;
    private final long retryMillis;
    private final Ticks ticks;
    private final Queue<LeaseTimer> due = new ArrayDeque<>();
    private int inFlight;

    Expiries(LeaseWatch watch, Proposals proposals, LeaseSettings settings, Ticks ticks) {
        this.watch = watch;
        this.proposals = proposals;
        this.limit = settings.revokesInFlight();
        this.retryMillis = settings.retry().toMillis();
        this.ticks = ticks;
    }

    void add(LeaseTimer timer) {
        due.add(timer);
    }

    void propose() {
        while (inFlight < limit && !due.isEmpty()) {
            var timer = due.remove();
            if (timer.phase() == Phase.EXPIRED) {
                inFlight++;
                proposals.propose(new RevokeLease(timer.id()), outcome -> answered(timer, outcome));
            }
        }
    }

    private void answered(LeaseTimer timer, Outcome outcome) {
        inFlight--;
        if (timer.phase() == Phase.GONE) {
            return;
        }
        switch (outcome) {
            case Outcome.Done _ -> watch.drop(timer);
            case Outcome.Refused(var reason) when reason == Reason.LEASE_NOT_FOUND -> watch.drop(timer);
            case Outcome.Refused(var reason) -> {
                watch.answer(timer, new LeaseAnswer.Refused(reason));
                watch.scheduleAt(timer, ticks.millis() + retryMillis);
            }
        }
    }
}
