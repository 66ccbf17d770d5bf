package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.consensus.Contacts;
import io.metastore.server.model.Bytes;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.request.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.rpc.SupportedRpcType;
import org.junit.jupiter.api.Test;

/// Who may put entries into the log, and which.
class PeerPortIT extends ClusterTests {
    private static final RaftGroupId GROUP = RaftGroupId.valueOf(new UUID(TestCluster.CLUSTER, TestCluster.CLUSTER));

    PeerPortIT() {
        super(TestCluster.quick());
    }

    @Test
    void aPlainRatisClientCannotWrite() throws IOException {
        try (var client = client()) {
            assertThatThrownBy(() -> client.io().send(Message.valueOf("anything")))
                    .hasStackTraceContaining("is refused on the peer port");
        }
        assertUntouched();
    }

    @Test
    void aPlainRatisClientCannotReadOrChangeTheGroup() throws IOException {
        try (var client = client()) {
            assertThatThrownBy(() -> client.io().sendReadOnly(Message.valueOf("anything")))
                    .hasStackTraceContaining("is refused on the peer port");
            assertThatThrownBy(() -> client.admin().setConfiguration(List.of(peers().getFirst())))
                    .hasStackTraceContaining("is refused on the peer port");
            assertThatThrownBy(() -> client.admin().transferLeadership(null, 1000))
                    .hasStackTraceContaining("is refused on the peer port");
            assertThatThrownBy(() -> client.getGroupManagementApi(leader()).list())
                    .hasStackTraceContaining("is refused on the peer port");
            assertThatThrownBy(() -> client.getGroupManagementApi(leader()).remove(GROUP, true, false))
                    .hasStackTraceContaining("is refused on the peer port");
        }
        assertUntouched();
    }

    /// Ratis takes its leadership from a leader that is given an entry that is too great.
    @Test
    void manyCommandsThatAreTooGreatDoNotCostTheLeadership() {
        var leader = cluster.leader();
        long term = leader.consensus().state().term();
        var great = Put.of(Bytes.utf8("great"), Bytes.wrap(new byte[TestMember.MAX_ENTRY_BYTES]));
        for (var member : cluster.members()) {
            for (int i = 0; i < 50; i++) {
                assertThat(member.propose(great)).isCompletedWithValue(new Outcome.Refused(Reason.REQUEST_TOO_LARGE));
            }
            member.write("good", "");
        }

        assertThat(cluster.leader()).isSameAs(leader);
        assertThat(leader.consensus().state().term()).isEqualTo(term);
    }

    @Test
    void theGreatestCommandThatIsAllowedPassesFromEveryMember() {
        int room = 256; // The frame of the entry and of the command, with its key.
        var great = Put.of(Bytes.utf8("greatest"), Bytes.wrap(new byte[TestMember.MAX_ENTRY_BYTES - room]));
        for (var member : cluster.members()) {
            assertThat(member.propose(great))
                    .succeedsWithin(TestCluster.PATIENCE)
                    .isInstanceOf(Outcome.PutDone.class);
        }
    }

    /// Sent nevertheless, it would be refused there and come back until its time is up, and all others with it.
    @Test
    void aCommandThatOnlyTheLeaderFindsTooGreatIsRefusedAtOnce() throws IOException {
        var leader = cluster.leader();
        long term = leader.consensus().state().term();
        var follower = cluster.followers().getFirst();
        cluster.kill(follower);
        follower = cluster.start(follower.id(), 32 * TestMember.MAX_ENTRY_BYTES);
        assertThat(follower.put("begin", "")).succeedsWithin(TestCluster.PATIENCE);
        for (int times : List.of(2, 20)) { // The second is greater than any message may be, too.
            var great = Put.of(Bytes.utf8("great"), Bytes.wrap(new byte[times * TestMember.MAX_ENTRY_BYTES]));

            assertThat(follower.propose(great))
                    .succeedsWithin(Duration.ofSeconds(2))
                    .isEqualTo(new Outcome.Refused(Reason.REQUEST_TOO_LARGE));
            follower.write("small", "");
        }

        assertThat(cluster.leader()).isSameAs(leader);
        assertThat(leader.consensus().state().term()).isEqualTo(term);
    }

    private void assertUntouched() {
        var before = cluster.leader().revision();
        cluster.leader().write("own", "");
        cluster.awaitEqual();
        assertThat(cluster.leader().revision()).isEqualTo(before + 1);
        cluster.leader()
                .consensus()
                .contacts(contacts -> assertThat(contacts)
                        .isInstanceOfSatisfying(
                                Contacts.Known.class,
                                known -> assertThat(known.others()).hasSize(2)));
    }

    private RaftClient client() {
        var properties = new RaftProperties();
        RaftConfigKeys.Rpc.setType(properties, SupportedRpcType.GRPC);
        return RaftClient.newBuilder()
                .setProperties(properties)
                .setRaftGroup(RaftGroup.valueOf(GROUP, peers()))
                .setLeaderId(leader())
                .setRetryPolicy(RetryPolicies.noRetry())
                .build();
    }

    private RaftPeerId leader() {
        return RaftPeerId.valueOf(cluster.leader().id().toString());
    }

    private List<RaftPeer> peers() {
        return cluster.founders().stream()
                .map(founder -> RaftPeer.newBuilder()
                        .setId(founder.id().toString())
                        .setAddress(founder.address().toString())
                        .build())
                .toList();
    }
}
