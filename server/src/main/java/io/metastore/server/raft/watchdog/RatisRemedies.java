package io.metastore.server.raft.watchdog;

import io.metastore.server.raft.leader.Heirs;
import io.metastore.server.raft.leader.LeadershipTransfer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The remedies on a running Ratis server. Calls into Ratis may block, so each has a thread of its own.
public final class RatisRemedies implements Remedies {
    private static final Logger LOG = LoggerFactory.getLogger(RatisRemedies.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final RaftServer server;
    private final RaftGroupId group;
    private final Consumer<String> abandon;
    private final Consumer<Boolean> noSpace;
    private final Ending ending;

    /// For one group of a server that runs.
    ///
    /// @param abandon ends the connection to the member at an address, over which the log is sent to it
    /// @param noSpace proposes the alarm, or its end when given false; it may block
    public RatisRemedies(
            RaftServer server, RaftGroupId group, Consumer<String> abandon, Consumer<Boolean> noSpace, Ending ending) {
        this.server = server;
        this.group = group;
        this.abandon = abandon;
        this.noSpace = noSpace;
        this.ending = ending;
    }

    @Override
    public void kick(RaftPeerId peer) {
        var silent = new IOException("the peer is silent");
        aside("kick", () -> {
            server.getServerRpc().handleException(peer, silent, true);
            address(peer).ifPresent(abandon);
        });
    }

    @Override
    public void stepDown() {
        aside("step down", () -> transfer(Optional.empty()));
    }

    @Override
    public void transferLeadership() {
        aside("transfer leadership", () -> {
            var heir = Heirs.best(server.getDivision(group), Long.MAX_VALUE);
            if (heir.isEmpty()) {
                LOG.atWarn().log("there is no member to transfer leadership to");
                return;
            }
            transfer(heir);
        });
    }

    @Override
    public void raiseNoSpace() {
        aside("raise NOSPACE", () -> noSpace.accept(true));
    }

    @Override
    public void endNoSpace() {
        aside("end NOSPACE", () -> noSpace.accept(false));
    }

    @Override
    public void exit(String why) {
        ending.exit(why);
    }

    @Override
    public void halt(String why) {
        ending.halt(why);
    }

    private Optional<String> address(RaftPeerId peer) throws IOException {
        return Optional.ofNullable(server.getDivision(group)
                        .getRaftConf()
                        .getPeer(peer, RaftPeerRole.FOLLOWER, RaftPeerRole.LISTENER))
                .map(RaftPeer::getAddress);
    }

    private void transfer(Optional<RaftPeerId> heir) throws IOException {
        var reply = new LeadershipTransfer(server.getDivision(group)).to(heir, PATIENCE);
        if (!reply.isSuccess()) {
            LOG.atWarn().addKeyValue("why", reply.getException()).log("leadership was not given up");
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void aside(String name, Task task) {
        Thread.ofVirtual().name(name).start(() -> {
            try {
                task.run();
            } catch (IOException | RuntimeException e) {
                LOG.atWarn().addKeyValue("remedy", name).addKeyValue("why", e).log("a remedy failed");
            }
        });
    }
}
