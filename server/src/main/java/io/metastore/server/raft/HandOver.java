package io.metastore.server.raft;

import io.metastore.server.raft.leader.Heirs;
import io.metastore.server.raft.leader.LeadershipTransfer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves leadership from this member to the voter that answered last, so that a planned stop costs no election
/// timeout.
final class HandOver {
    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

    private final RaftServer server;
    private final RaftServer.Division division;

    HandOver(RaftServer server, RaftServer.Division division) {
        this.server = server;
        this.division = division;
    }

    void run(Duration patience) {
        if (division.getInfo().isLeader()) {
            heir().ifPresentOrElse(
                            heir -> transfer(heir, patience),
                            () -> LOG.atInfo().log("there is nobody to hand leadership to"));
        }
    }

    /// A voter that is heard of at least as often as a leader must be; an idle one answers a heartbeat every third
    /// part of that time.
    private Optional<RaftPeerId> heir() {
        long recent =
                RaftServerConfigKeys.Rpc.timeoutMax(server.getProperties()).toLong(TimeUnit.MILLISECONDS);
        return Heirs.best(division, recent);
    }

    private void transfer(RaftPeerId heir, Duration patience) {
        try {
            var reply = new LeadershipTransfer(division).to(Optional.of(heir), patience);
            if (reply.isSuccess()) {
                LOG.atInfo().addKeyValue("heir", heir).log("leadership handed over");
            } else {
                failed(heir, reply.getException());
            }
        } catch (IOException e) {
            failed(heir, e);
        }
    }

    private static void failed(RaftPeerId heir, Object cause) {
        LOG.atWarn().addKeyValue("heir", heir).addKeyValue("cause", cause).log("leadership not handed over");
    }
}
