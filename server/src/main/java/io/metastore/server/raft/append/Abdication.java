package io.metastore.server.raft.append;

import java.io.IOException;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets this member step down. It blocks until it has, or for a while.
record Abdication(RaftServer.Division division) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Abdication.class);
    private static final long WAIT_MILLIS = 3_000;

    @Override
    public void run() {
        try {
            var reply = division.getRaftServer()
                    .transferLeadership(new TransferLeadershipRequest(
                            ClientId.randomId(),
                            division.getId(),
                            division.getMemberId().getGroupId(),
                            1,
                            null,
                            WAIT_MILLIS));
            if (!reply.isSuccess()) {
                LOG.atWarn().addKeyValue("why", reply.getException()).log("leadership was not given up");
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("leadership was not given up");
        }
    }
}
