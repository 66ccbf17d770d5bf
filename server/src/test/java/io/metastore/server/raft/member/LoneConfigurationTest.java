package io.metastore.server.raft.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import java.util.List;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;

class LoneConfigurationTest {
    private static final RaftPeer ONE = peer(1, "a:1");
    private static final RaftPeer TWO = peer(2, "b:1");

    private final RaftConfigurationProto lone =
            LoneConfiguration.entry(TermIndex.valueOf(3, 12), ONE).getConfigurationEntry();

    @Test
    void itIsKnownByTheMarkOfItsOwnIndex() {
        assertThat(LoneConfiguration.isAt(12, lone)).isTrue();
        assertThat(RaftPeers.member(lone.getPeers(0), false).peerUrls()).containsExactly("http://a:1");
    }

    /// Ratis puts what it knows of a member, the mark too, into every later configuration.
    @Test
    void aLaterConfigurationWithTheMarkedMemberIsOnlyAChange() {
        assertThat(LoneConfiguration.isAt(15, lone)).isFalse();
        var grown = lone.toBuilder().addPeers(TWO.getRaftPeerProto()).build();
        assertThat(LoneConfiguration.isAt(12, grown)).isFalse();
    }

    @Test
    void aClusterThatWasFoundedByOneIsNoSuchThing() {
        var founded = RaftConfigurationProto.newBuilder()
                .addPeers(ONE.getRaftPeerProto())
                .build();

        assertThat(LoneConfiguration.isAt(0, founded)).isFalse();
    }

    private static RaftPeer peer(long id, String address) {
        return RaftPeers.peer(Member.unstarted(new MemberId(id), List.of("http://" + address), false), address);
    }
}
