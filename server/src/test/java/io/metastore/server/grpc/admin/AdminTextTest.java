package io.metastore.server.grpc.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.proto.admin.v1.ChangeResponse;
import io.metastore.proto.admin.v1.MemberStatus;
import io.metastore.proto.admin.v1.MembershipResponse;
import io.metastore.proto.admin.v1.PendingChange;
import io.metastore.proto.admin.v1.PrepareStopResponse;
import io.metastore.proto.admin.v1.Role;
import org.junit.jupiter.api.Test;

class AdminTextTest {
    private static final MemberStatus LEADER = MemberStatus.newBuilder()
            .setId(0x8e9e05c52164694dL)
            .setName("m1")
            .setRole(Role.ROLE_VOTER)
            .addPeerUrls("http://a:2380")
            .setStarted(true)
            .setReachable(true)
            .setHealthy(true)
            .setMatchIndex(1042)
            .setLagEntries(0)
            .setLastContactMillis(0)
            .setLogBytes(999)
            .setDbBytes(1_500_000)
            .setFreeBytes(12_345_000_000L)
            .setVersion("0.1.0")
            .setEngine("rocksdb")
            .build();
    private static final MemberStatus DEAD = MemberStatus.newBuilder()
            .setId(2)
            .setName("m2")
            .setRole(Role.ROLE_WITNESS)
            .addPeerUrls("http://b:2380")
            .setStarted(true)
            .setMatchIndex(42)
            .setLagEntries(1000)
            .setLastContactMillis(61_234)
            .build();
    private static final MemberStatus NEW = MemberStatus.newBuilder()
            .setId(3)
            .setRole(Role.ROLE_LEARNER)
            .addPeerUrls("http://c:2380")
            .build();

    @Test
    void membersAreATableInWhichWhatIsNotKnownIsADash() {
        var cluster = MembershipResponse.newBuilder()
                .setClusterId(0xabc)
                .setLeaderId(LEADER.getId())
                .setTerm(3)
                .setCommitIndex(1042)
                .setVersion("0011223344556677")
                .setConfirmed(true)
                .setClusterVersion("3.7")
                .setPending(PendingChange.newBuilder()
                        .setKind(PendingChange.Kind.ADD)
                        .addMemberIds(3))
                .addMembers(LEADER)
                .addMembers(DEAD)
                .addMembers(NEW)
                .build();

        assertThat(new AdminText(cluster).members()).isEqualTo("""
                version 0011223344556677, term 3, commit index 1042, cluster abc at release 3.7
                pending: add 3
                ID                NAME  ROLE     STATE        MATCH  LAG   CONTACT   LOG    DB      FREE   VERSION  ENGINE   PEERS
                8e9e05c52164694d  m1    voter    leader       1042   0     0 ms      999 B  1.5 MB  12 GB  0.1.0    rocksdb  http://a:2380
                2                 m2    witness  silent       42     1000  61234 ms  -      -       -      -        -        http://b:2380
                3                 -     learner  not started  -      -     -         -      -       -      -        -        http://c:2380""");
    }

    @Test
    void aListThatNobodyConfirmedIsToldToBeOne() {
        assertThat(new AdminText(MembershipResponse.newBuilder().setVersion("v").build()).members())
                .startsWith("version v (no majority confirmed it), term 0, commit index -, cluster 0 at release ");
    }

    @Test
    void whoAddsAMemberIsToldHowToStartIt() {
        var answer = ChangeResponse.newBuilder()
                .setVersion("v")
                .setMemberId(3)
                .addMembers(LEADER)
                .addMembers(NEW)
                .build();

        assertThat(AdminText.came("added", answer)).isEqualTo("""
                3 was added, the version is v now
                start it with --name=NAME --initial-cluster-state=existing \
                --initial-cluster=m1=http://a:2380,NAME=http://c:2380""");
    }

    @Test
    void itIsToldWhetherAMemberMayStop() {
        var who = new MemberNames(java.util.List.of(LEADER, DEAD));
        var answer = PrepareStopResponse.newBuilder()
                .setId(2)
                .setQuorumSurvives(true)
                .setVoters(3)
                .setNeeded(2)
                .setAnswering(2)
                .setLeaderId(LEADER.getId());

        assertThat(AdminText.stop(who, answer.build()))
                .isEqualTo("m2 (2) may stop: 2 of 3 voters answer without it, 2 are needed;"
                        + " m1 (8e9e05c52164694d) leads");
        assertThat(AdminText.stop(
                        who,
                        answer.setQuorumSurvives(false)
                                .setAnswering(1)
                                .setLeaderId(0)
                                .build()))
                .isEqualTo("m2 (2) is needed: 1 of 3 voters answer without it, 2 are needed; nobody leads");
    }
}
