package io.metastore.server.raft.member;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.proto.RaftProtos.RaftPeerProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/// Members as Ratis knows them. All peer URLs go along, since the first configuration founds the table of members.
public final class RaftPeers {
    private static final String NAME = ".member.invalid:1";
    private static final int DATA = 1;
    private static final int WITNESS = 0;

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
    /// @param address where it was first: from then on its name for Ratis, see `Whereabouts`
    public static RaftPeer peer(Member member, String address) {
        return RaftPeer.newBuilder()
                .setId(id(member.id()))
                .setAddress(address)
                .setAdminAddress(String.join(",", member.peerUrls()))
                .setPriority(member.witness() ? WITNESS : DATA)
                .setStartupRole(member.learner() ? RaftPeerRole.LISTENER : RaftPeerRole.FOLLOWER)
                .build();
    }

    /// The address that names a member whose place an earlier one has for a name; nobody listens there.
    public static String name(MemberId member) {
        return member + NAME;
    }

    /// The member that an address names in this way.
    public static Optional<MemberId> named(String address) {
        return address.endsWith(NAME)
                ? Optional.of(MemberId.parse(address.substring(0, address.length() - NAME.length())))
                : Optional.empty();
    }

    /// Whether it is known as a witness: others are preferred as leaders, and only they hold the data.
    public static boolean isWitness(RaftPeer peer) {
        return peer.getPriority() == WITNESS;
    }

    /// The member behind a part of a configuration.
    public static Member member(RaftPeerProto peer, boolean learner) {
        var urls = peer.getAdminAddress().isEmpty()
                ? List.of("http://" + peer.getAddress())
                : List.of(peer.getAdminAddress().split(",", -1));
        return Member.unstarted(MemberId.parse(peer.getId().toStringUtf8()), urls, learner);
    }
}
