package io.metastore.server.raft.append;

import io.metastore.server.raft.leader.LeadershipTransfer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets this member step down, as often as it takes: Ratis may fail to, or be too late with it.
final class Abdication {
    private static final Logger LOG = LoggerFactory.getLogger(Abdication.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /// From the end of one attempt to the beginning of the next.
    static final long PAUSE_MILLIS = 500;

    private final RaftServer.Division division;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long notBefore = System.nanoTime();

    Abdication(RaftServer.Division division) {
        this.division = division;
    }

    /// Asks Ratis, unless it is being asked or was a moment ago. Does not wait for the answer.
    ///
    /// @return whether it is asked now
    boolean ask() {
        if (notBefore - System.nanoTime() > 0 || !asking.compareAndSet(false, true)) {
            return false;
        }
        Thread.ofVirtual().name("metastore-abdication").start(this::askAndWait);
        return true;
    }

    private void askAndWait() {
        try {
            var reply = new LeadershipTransfer(division).to(Optional.empty(), PATIENCE);
            if (!reply.isSuccess()) {
                LOG.atWarn().addKeyValue("why", reply.getException()).log("leadership was not given up");
            }
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).log("leadership was not given up");
        } finally {
            notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
            asking.set(false);
        }
    }
}
