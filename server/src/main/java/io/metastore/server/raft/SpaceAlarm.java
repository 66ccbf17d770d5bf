package io.metastore.server.raft;

import io.metastore.server.model.Alarm;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.propose.Proposals;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// This member's alarm that its disk is about to be full, on its way through the log. What was asked for last is asked
/// for again until it is in the log. From any thread.
final class SpaceAlarm {
    private static final long AGAIN_MILLIS = 1000;

    private final Alarm alarm;
    private final Proposals proposals;
    private final ScheduledExecutorService timer;
    private volatile boolean wanted;

    SpaceAlarm(MemberId self, Proposals proposals, ScheduledExecutorService timer) {
        this.alarm = new Alarm(self, Alarm.Kind.NO_SPACE);
        this.proposals = proposals;
        this.timer = timer;
    }

    void set(boolean raised) {
        wanted = raised;
        propose(raised);
    }

    private void propose(boolean raised) {
        proposals.propose(new Command.SetAlarm(alarm, raised), outcome -> {
            switch (outcome) {
                case Outcome.Done _ -> {}
                case Outcome.Refused _ -> {
                    var _ = timer.schedule(
                            () -> {
                                if (wanted == raised) {
                                    propose(raised);
                                }
                            },
                            AGAIN_MILLIS,
                            TimeUnit.MILLISECONDS);
                }
            }
        });
    }
}
