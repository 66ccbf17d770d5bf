package io.metastore.server.raft;

import io.metastore.proto.peer.v1.HistoryRequest;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.peer.Histories;
import io.metastore.server.raft.peer.PeerClients;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/// Asks other members of the configuration for the hash of their history.
final class OtherHistories {
    /// A million keys take about a second.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RaftServer.Division division;
    private final PeerClients peers;

    OtherHistories(RaftServer.Division division, PeerClients peers) {
        this.division = division;
        this.peers = peers;
    }

    void ask(MemberId member, long revision, Consumer<HistoryHash> reply) {
        var peer = division.getRaftConf().getPeer(RaftPeerId.valueOf(member.toString()));
        if (peer == null) {
            reply.accept(new HistoryHash.Silent()); // removed meanwhile
            return;
        }
        var request = HistoryRequest.newBuilder().setRevision(revision).build();
        var _ = peers.history(peer.getAddress(), request, PATIENCE)
                .whenComplete((answer, failure) ->
                        reply.accept(failure == null ? Histories.decode(answer) : new HistoryHash.Silent()));
    }
}
