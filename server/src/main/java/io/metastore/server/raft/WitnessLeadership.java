package io.metastore.server.raft;

import io.metastore.server.raft.leader.Heirs;
import io.metastore.server.raft.leader.LeadershipTransfer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a witness does when it was elected, because its log was the longest: it brings the others up to date, as any
/// leader does, and hands leadership to one that holds data as soon as one can take it. It takes no entries meanwhile.
final class WitnessLeadership {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessLeadership.class);
    /// A member that was heard of so recently is there. How far its log is does not matter: who has the longest may be
    /// the one that died.
    private static final long RECENT_MILLIS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long PAUSE_MILLIS = 20;

    private final RaftServer.Division division;
    private final AtomicBoolean busy = new AtomicBoolean();

    WitnessLeadership(RaftServer.Division division) {
        this.division = division;
    }

    /// Begins to hand over, unless it is at it already. Does not block.
    void begin() {
        if (busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("metastore-witness").start(this::handOver);
        }
    }

    private void handOver() {
        try {
            while (leads()) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy.set(false);
        }
    }

    /// Tries to hand over, and says whether this member led still.
    private boolean leads() {
        try {
            if (!division.getInfo().isLeader()) {
                return false;
            }
            attempt();
        } catch (IOException | RuntimeException e) {
            // Ratis asserts its state also in getters, for example while it steps down: the next look will do.
            LOG.atDebug().setCause(e).log("leadership was not handed over");
        }
        return true;
    }

    private void attempt() throws IOException {
        var heir = Heirs.best(division, RECENT_MILLIS);
        if (heir.isPresent()
                && new LeadershipTransfer(division).to(heir, PATIENCE).isSuccess()) {
            LOG.atInfo().addKeyValue("heir", heir.get()).log("leadership handed over: a witness holds no data");
        }
    }
}
