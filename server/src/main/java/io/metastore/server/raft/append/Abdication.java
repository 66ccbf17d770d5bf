package io.metastore.server.raft.append;

import io.metastore.server.raft.leader.LeadershipTransfer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets this member step down. It blocks until it has, or for a while.
record Abdication(RaftServer.Division division) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Abdication.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Override
    public void run() {
        try {
            var reply = new LeadershipTransfer(division).to(Optional.empty(), PATIENCE);
            if (!reply.isSuccess()) {
                LOG.atWarn().addKeyValue("why", reply.getException()).log("leadership was not given up");
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("leadership was not given up");
        }
    }
}
