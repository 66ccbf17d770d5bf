package io.metastore.server.raft.member;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import java.net.URI;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/// Members as Ratis knows them. All peer URLs go along, since the first configuration founds the table of members.
public final class RaftPeers {
    private static final int PRIORITY = 1;

    private RaftPeers() {}

    public static RaftPeerId id(MemberId member) {
        return RaftPeerId.valueOf(member.toString());
    }

    public static MemberId id(RaftPeerId peer) {
        return MemberId.parse(peer.toString());
    }

    /// The place where peers connect to: that of the first URL, `host:port`.
    public static String address(List<String> peerUrls) {
        return URI.create(peerUrls.getFirst()).getRawAuthority();
    }

    /// The member as it is put into a configuration.
    ///
    /// @param learner what it is to be from its start, or from the next configuration on
    public static RaftPeer peer(MemberId member, String address, List<String> peerUrls, boolean learner) {
        return RaftPeer.newBuilder()
                .setId(id(member))
                .setAddress(address)
                .setAdminAddress(String.join(",", peerUrls))
                .setPriority(PRIORITY)
                .setStartupRole(learner ? RaftPeerRole.LISTENER : RaftPeerRole.FOLLOWER)
                .build();
    }

    /// The member behind a part of a configuration.
    public static Member member(RaftPeerProto peer, boolean learner) {
        var urls = peer.getAdminAddress().isEmpty()
                ? List.of("http://" + peer.getAddress())
                : List.of(peer.getAdminAddress().split(",", -1));
        return Member.unstarted(MemberId.parse(peer.getId().toStringUtf8()), urls, learner);
    }
}
