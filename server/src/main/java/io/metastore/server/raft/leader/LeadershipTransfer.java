package io.metastore.server.raft.leader;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;

/// Asks this member's Raft server to give up leadership.
public final class LeadershipTransfer {
    private final RaftServer.Division division;

    public LeadershipTransfer(RaftServer.Division division) {
        this.division = division;
    }

    /// Blocks until `heir` leads, or for at most `patience`. Without an heir this member steps down.
    ///
    /// @return what Ratis says: leadership may stay here
    public RaftClientReply to(Optional<RaftPeerId> heir, Duration patience) throws IOException {
        return division.getRaftServer()
                .transferLeadership(new TransferLeadershipRequest(
                        ClientId.randomId(),
                        division.getId(),
                        division.getMemberId().getGroupId(),
                        1,
                        heir.orElse(null),
                        patience.toMillis()));
    }
}
