package io.metastore.server.raft;

import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;

/// The member that leads, when it is known and is not this one: where this member's questions and entries go.
record OtherLeader(RaftServer.Division division) {
    Optional<RaftPeer> find() {
        return Optional.ofNullable(division.getInfo().getLeaderId())
                .filter(id -> !id.equals(division.getId()))
                .flatMap(id -> Optional.ofNullable(
                        division.getRaftConf().getPeer(id, RaftPeerRole.FOLLOWER, RaftPeerRole.LISTENER)));
    }
}
