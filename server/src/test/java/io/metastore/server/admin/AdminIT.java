package io.metastore.server.admin;

import static io.metastore.server.admin.AdminCluster.refusal;
import static io.metastore.server.admin.AdminCluster.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metastore.proto.admin.v1.AddMemberRequest;
import io.metastore.proto.admin.v1.MembershipResponse;
import io.metastore.proto.admin.v1.PendingChange;
import io.metastore.proto.admin.v1.PrepareStopRequest;
import io.metastore.proto.admin.v1.RemoveMemberRequest;
import io.metastore.proto.admin.v1.Role;
import io.metastore.proto.admin.v1.TransferLeadershipRequest;
import io.metastore.server.admin.AdminCluster.Place;
import io.metastore.server.process.MemberProcess;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Three members, which every test leaves whole.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminIT {
    private static final int MANY = 50;

    private final AdminCluster cluster = AdminCluster.ofThree();

    @AfterAll
    void close() {
        cluster.close();
    }

    @BeforeEach
    void everybodyIsThere() {
        cluster.awaitWhole();
    }

    @Test
    void everyMemberTellsTheSameOfAll() {
        var first = cluster.ask(cluster.member("m1"));

        for (var member : cluster.founders()) {
            var answer = cluster.until(member, AdminIT::isComplete);
            assertThat(answer.getVersion()).isEqualTo(first.getVersion()).matches("[0-9a-f]{16}");
            assertThat(answer.getClusterId()).isEqualTo(first.getClusterId());
            assertThat(answer.getClusterVersion()).isEqualTo("3.7");
            assertThat(answer.getAnsweredBy())
                    .isEqualTo(row(first, member.name()).getId());
            assertThat(answer.getMembersList()).hasSize(3).allSatisfy(row -> {
                assertThat(row.getRole()).isEqualTo(Role.ROLE_VOTER);
                assertThat(row.getStarted()).isTrue();
                assertThat(row.getPeerUrlsList()).hasSize(1);
                assertThat(row.getClientUrlsList()).hasSize(1);
                assertThat(row.getEngine()).isEqualTo("rocksdb");
                assertThat(row.getFeatureLevel()).isEqualTo("3.7");
                assertThat(row.getVersion()).isNotEmpty();
                assertThat(row.getMatchIndex()).isPositive();
                assertThat(row.getAppliedIndex()).isPositive();
                assertThat(row.getLogBytes()).isPositive();
                assertThat(row.getDbBytes()).isPositive();
                assertThat(row.getFreeBytes()).isPositive();
                assertThat(row.hasLagEntries() && row.hasLastContactMillis()).isTrue();
            });
        }
    }

    /// On a slow machine one may answer too late.
    private static boolean isComplete(MembershipResponse answer) {
        return answer.getMembersList().stream().allMatch(row -> row.hasVersion() && row.hasLagEntries());
    }

    @Test
    void aPausedMemberFallsBehindAndCatchesUp() {
        var paused = cluster.member(cluster.followers().getFirst());
        var asked = cluster.member(cluster.leader());
        try {
            paused.pause();
            for (int i = 0; i < MANY; i++) {
                cluster.put(asked, "key" + i);
            }

            var behind =
                    cluster.untilRow(asked, paused.name(), row -> row.getLagEntries() >= MANY && !row.getReachable());
            assertThat(behind.getHealthy()).isFalse();
            assertThat(behind.hasAppliedIndex()).as("it says nothing itself").isFalse();
            assertThat(behind.hasFreeBytes()).isFalse();
            var later = cluster.untilRow(
                    asked, paused.name(), row -> row.getLastContactMillis() > behind.getLastContactMillis());
            assertThat(later.getMatchIndex()).isLessThanOrEqualTo(behind.getMatchIndex());

            paused.resume();
            var back = cluster.untilRow(asked, paused.name(), row -> row.getHealthy() && row.getLagEntries() == 0);
            assertThat(back.getMatchIndex()).isGreaterThanOrEqualTo(behind.getMatchIndex() + MANY);
        } finally {
            paused.resume();
        }
    }

    @Test
    void ofADeadMemberTheRestIsTold() {
        var dead = cluster.member(cluster.followers().getFirst());
        var other = cluster.member(cluster.followers().getLast());
        dead.kill();

        var answer = cluster.until(
                other,
                known -> known.getConfirmed()
                        && known.getMembersList().stream()
                                .allMatch(row -> row.getName().equals(dead.name()) != row.getHealthy())
                        && !row(known, dead.name()).getReachable());

        var row = row(answer, dead.name());
        assertThat(row.getRole()).isEqualTo(Role.ROLE_VOTER);
        assertThat(row.getPeerUrlsList()).hasSize(1);
        assertThat(row.getHealthy()).isFalse();
        assertThat(row.getMatchIndex()).as("the leader remembers").isPositive();
        assertThat(row.hasAppliedIndex() || row.hasDbBytes() || row.hasVersion())
                .isFalse();
    }

    @Test
    void withoutAMajorityAMemberTellsWhatItKnows() {
        var alone = cluster.member(cluster.followers().getFirst());
        cluster.founders().stream().filter(member -> member != alone).forEach(MemberProcess::kill);

        var answer = cluster.until(alone, known -> !known.getConfirmed() && known.getLeaderId() == 0);

        assertThat(answer.getMembersList()).hasSize(3);
        assertThat(answer.hasCommitIndex()).isFalse();
        assertThat(row(answer, alone.name()).getReachable()).isTrue();
        assertThat(row(answer, alone.name()).hasVersion()).isTrue();
        assertThat(answer.getMembersList())
                .filteredOn(row -> !row.getName().equals(alone.name()))
                .allSatisfy(row -> {
                    assertThat(row.getReachable() || row.getHealthy()).isFalse();
                    assertThat(row.hasMatchIndex() || row.hasLagEntries() || row.hasVersion())
                            .isFalse();
                });
        var needed = PrepareStopRequest.newBuilder().build();
        assertThat(refusal(() -> cluster.admin(alone).prepareStop(needed)).getDescription())
                .isEqualTo("etcdserver: no leader");
        var forced = cluster.admin(alone)
                .prepareStop(needed.toBuilder().setForce(true).build());
        assertThat(forced.getQuorumSurvives()).isFalse();
        assertThat(forced.getVoters()).isEqualTo(3);
    }

    @Test
    void aChangeForOtherMembersIsRefusedAndNamesTheVersion() {
        var asked = cluster.member(cluster.leader());
        var other = cluster.member(cluster.followers().getFirst());
        var seen = cluster.ask(asked).getVersion();

        var rival = cluster.steadily(
                asked,
                admin -> admin.addMember(AddMemberRequest.newBuilder()
                        .addPeerUrls(Place.of("m9").peerUrl())
                        .setRole(Role.ROLE_WITNESS)
                        .setExpectedVersion(seen)
                        .build()));
        var late = refusal(() -> cluster.admin(other)
                .removeMember(RemoveMemberRequest.newBuilder()
                        .setId(cluster.id(other.name()))
                        .setExpectedVersion(seen)
                        .build()));

        assertThat(late.getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(late.getDescription())
                .isEqualTo("metastore: the members are not those that were expected: expected version " + seen
                        + ", it is " + rival.getVersion() + " now");
        var answer = cluster.ask(other);
        assertThat(answer.getVersion()).isEqualTo(rival.getVersion());
        assertThat(answer.getMembersList()).hasSize(4);
        assertThat(row(answer, "").getRole()).isEqualTo(Role.ROLE_WITNESS);
        oneAtATime(other, rival.getMemberId());
        takeBack(asked, rival.getMemberId(), rival.getVersion());
    }

    /// The one before has not been started.
    private void oneAtATime(MemberProcess asked, long unstarted) {
        var pending = cluster.until(asked, MembershipResponse::hasPending).getPending();
        assertThat(pending.getKind()).isEqualTo(PendingChange.Kind.ADD);
        assertThat(pending.getMemberIdsList()).containsExactly(unstarted);

        var second = refusal(() -> cluster.admin(asked)
                .addMember(AddMemberRequest.newBuilder()
                        .addPeerUrls(Place.of("m8").peerUrl())
                        .setRole(Role.ROLE_LEARNER)
                        .build()));

        assertThat(second.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(second.getDescription())
                .startsWith("metastore: another change of the members is not complete: member "
                        + Long.toHexString(unstarted) + " has not been started yet");
    }

    private void takeBack(MemberProcess asked, long member, String version) {
        var answer = cluster.steadily(
                asked,
                admin -> admin.removeMember(RemoveMemberRequest.newBuilder()
                        .setId(member)
                        .setExpectedVersion(version)
                        .build()));
        assertThat(answer.getMembersList()).hasSize(3);
        assertThat(answer.getVersion()).isNotEqualTo(version);
    }

    @Test
    void ofTwoChangesForTheSameMembersOneIsMade() {
        var version = cluster.ask(cluster.member("m1")).getVersion();
        // Until the cluster is steady enough for a change at all.
        var first = cluster.steadily(cluster.member("m1"), admin -> admin.addMember(learner(version)));
        takeBack(cluster.member("m1"), first.getMemberId(), first.getVersion());
        var seen = cluster.until(cluster.member("m1"), answer -> !answer.hasPending())
                .getVersion();

        var rivals = List.of(rival("m1", seen), rival("m2", seen), rival("m3", seen));
        var ends = rivals.stream().map(CompletableFuture::join).toList();

        // A stalled machine may take longer to answer than a caller waits: then it is made all the same.
        assertThat(ends).contains("ABORTED").isSubsetOf("OK", "ABORTED", "UNAVAILABLE");
        assertThat(ends).filteredOn("OK"::equals).hasSizeLessThanOrEqualTo(1);
        var added = cluster.until(cluster.member("m1"), answer -> answer.getMembersCount() == 4);
        takeBack(cluster.member("m1"), row(added, "").getId(), added.getVersion());
    }

    private static AddMemberRequest learner(String expected) {
        return AddMemberRequest.newBuilder()
                .addPeerUrls(Place.of("m9").peerUrl())
                .setRole(Role.ROLE_LEARNER)
                .setExpectedVersion(expected)
                .build();
    }

    private CompletableFuture<String> rival(String member, String expected) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                var _ = cluster.steadily(cluster.member(member), admin -> admin.addMember(learner(expected)));
                return "OK";
            } catch (StatusRuntimeException e) {
                return e.getStatus().getCode().name();
            }
        });
    }

    @Test
    void leadershipGoesWhereItIsSent() {
        var asked = cluster.member(cluster.followers().getFirst());
        var heir = cluster.followers().getLast();
        var before = cluster.ask(asked);

        var answer = cluster.steadily(
                asked,
                admin -> admin.transferLeadership(TransferLeadershipRequest.newBuilder()
                        .setTo(cluster.id(heir))
                        .build()));

        assertThat(answer.getLeaderId()).isEqualTo(cluster.id(heir));
        assertThat(answer.getTerm()).isGreaterThan(before.getTerm());
        cluster.until(asked, known -> known.getLeaderId() == answer.getLeaderId());
        assertThat(refusal(() -> cluster.admin(asked)
                                .transferLeadership(TransferLeadershipRequest.newBuilder()
                                        .setTo(77)
                                        .build()))
                        .getDescription())
                .isEqualTo("etcdserver: bad leader transferee");
    }

    @Test
    void aLeaderThatIsToStopHandsLeadershipOver() {
        var leader = cluster.leader();
        var asked = cluster.member(cluster.followers().getFirst());

        var answer = cluster.steadily(
                asked,
                admin -> admin.prepareStop(PrepareStopRequest.newBuilder()
                        .setId(cluster.id(leader))
                        .build()));

        assertThat(answer.getQuorumSurvives()).isTrue();
        assertThat(answer.getAnswering()).isEqualTo(2);
        assertThat(answer.getLeaderId()).isNotZero().isNotEqualTo(cluster.id(leader));
    }

    @Test
    void aMemberThatTheMajorityNeedsIsNotToStop() {
        var leader = cluster.leader();
        var dead = cluster.member(cluster.followers().getFirst());
        var needed = cluster.followers().getLast();
        var asked = cluster.member(leader);
        dead.kill();
        cluster.untilRow(asked, dead.name(), row -> !row.getReachable());

        for (var name : List.of(needed, leader)) {
            var request =
                    PrepareStopRequest.newBuilder().setId(cluster.id(name)).build();
            var refused = refusal(() -> cluster.admin(asked).prepareStop(request));
            assertThat(refused.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
            assertThat(refused.getDescription())
                    .matches("metastore: too few voters would be left: without member "
                            + Long.toHexString(request.getId())
                            + " [01] of 3 voters answer, and 2 are needed, one of them with data; .*")
                    .contains(dead.name());
        }
        assertThat(cluster.admin(asked)
                        .prepareStop(PrepareStopRequest.newBuilder()
                                .setId(cluster.id(needed))
                                .setForce(true)
                                .build())
                        .getQuorumSurvives())
                .isFalse();
        assertThat(cluster.steadily(
                                asked,
                                admin -> admin.prepareStop(PrepareStopRequest.newBuilder()
                                        .setId(cluster.id(dead.name()))
                                        .build()))
                        .getQuorumSurvives())
                .as("it is gone already")
                .isTrue();
    }
}
