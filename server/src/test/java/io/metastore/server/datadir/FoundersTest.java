package io.metastore.server.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.metastore.server.config.Bootstrap;
import io.metastore.server.datadir.Founders.Founder;
import org.junit.jupiter.api.Test;

/// The ids below were read from etcd 3.7.1 clusters founded with the same flags.
class FoundersTest {
    @Test
    void aLoneMemberHasTheIdsThatEtcdGivesIt() {
        var founders = founders("default=http://localhost:2380", "etcd-cluster");

        assertThat(Long.toHexString(founders.clusterId())).isEqualTo("cdf818194e3a8c32");
        assertThat(founders.named("default").id()).hasToString("8e9e05c52164694d");
    }

    @Test
    void threeMembersHaveTheIdsThatEtcdGivesThem() {
        var founders = founders("m1=http://127.0.0.1:23390,m0=http://127.0.0.1:23380,m2=http://127.0.0.1:23400", "try");

        assertThat(founders.clusterId()).isEqualTo(5446359877514547437L);
        assertThat(founders.members())
                .extracting(Founder::name, founder -> founder.id().toString())
                .containsExactly(
                        tuple("m0", "59c08485088d4a2b"),
                        tuple("m1", "6f67e780e052ea4b"),
                        tuple("m2", "b72098f9a9790259"));
    }

    @Test
    void severalUrlsOfAMemberCountInSortedOrder() {
        var founders = founders("d=http://localhost:23480,d=http://127.0.0.1:23480", "etcd-cluster");

        assertThat(founders.named("d").id()).hasToString("63e187b196b00d5c");
        assertThat(founders.clusterId()).isEqualTo(7909513611910364734L);
        assertThat(founders.named("d").peerUrls()).containsExactly("http://127.0.0.1:23480", "http://localhost:23480");
    }

    @Test
    void theTokenTellsClustersAtTheSameAddressesApart() {
        var one = founders("default=http://localhost:2380", "one");
        var other = founders("default=http://localhost:2380", "other");

        assertThat(one.clusterId()).isNotEqualTo(other.clusterId());
        assertThat(one.members()).isNotEqualTo(other.members());
    }

    @Test
    void aNameThatIsNoFoundersIsRefused() {
        var founders = founders("default=http://localhost:2380", "etcd-cluster");

        assertThatThrownBy(() -> founders.named("m7")).hasMessageContaining("m7");
    }

    private static Founders founders(String members, String token) {
        return Founders.of(new Bootstrap(Bootstrap.parseMembers(members), Bootstrap.State.NEW, token));
    }
}
