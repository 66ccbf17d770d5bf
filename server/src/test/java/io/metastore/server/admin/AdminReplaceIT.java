package io.metastore.server.admin;

import static io.metastore.server.admin.AdminCluster.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.proto.admin.v1.AddMemberRequest;
import io.metastore.proto.admin.v1.MemberStatus;
import io.metastore.proto.admin.v1.PrepareStopRequest;
import io.metastore.proto.admin.v1.PromoteMemberRequest;
import io.metastore.proto.admin.v1.RemoveMemberRequest;
import io.metastore.proto.admin.v1.ReplaceMemberRequest;
import io.metastore.proto.admin.v1.Role;
import io.metastore.server.admin.AdminCluster.Place;
import io.metastore.server.process.MemberProcess;
import org.junit.jupiter.api.Test;

/// Members that come, and take the place of others.
class AdminReplaceIT {
    @Test
    void aLostMemberIsReplacedByOneThatIsYetToBeStarted() {
        try (var cluster = AdminCluster.ofThree()) {
            cluster.awaitWhole();
            var lost = cluster.member(cluster.followers().getFirst());
            var asked = cluster.member(cluster.followers().getLast());
            long gone = cluster.id(lost.name());
            lost.kill();
            cluster.untilRow(asked, lost.name(), row -> !row.getReachable());
            var place = Place.of("m4");

            var seen = cluster.ask(asked).getVersion();
            var answer = cluster.steadily(
                    asked,
                    admin -> admin.replaceMember(ReplaceMemberRequest.newBuilder()
                            .setId(gone)
                            .addPeerUrls(place.peerUrl())
                            .setExpectedVersion(seen)
                            .build()));

            assertThat(answer.getMembersList()).hasSize(3).noneMatch(member -> member.getId() == gone);
            cluster.start(place, answer.getMembersList());
            var row = cluster.untilRow(asked, "m4", known -> known.getHealthy() && known.hasEngine());
            assertThat(row.getId()).isEqualTo(answer.getMemberId());
            assertThat(row.getRole()).isEqualTo(Role.ROLE_VOTER);
            cluster.until(asked, known -> !known.hasPending());
            // It counts: with it, either of the others can be spared.
            assertThat(cluster.steadily(
                                    asked,
                                    admin -> admin.prepareStop(PrepareStopRequest.newBuilder()
                                            .setId(cluster.id(cluster.leader()))
                                            .build()))
                            .getQuorumSurvives())
                    .isTrue();
        }
    }

    @Test
    void aLearnerTakesAMembersPlaceInOneStep() {
        try (var cluster = AdminCluster.ofThree()) {
            cluster.awaitWhole();
            var asked = cluster.member(cluster.leader());
            var leaving = cluster.member(cluster.followers().getFirst());
            var place = Place.of("m4");
            var added = cluster.steadily(
                    asked,
                    admin -> admin.addMember(AddMemberRequest.newBuilder()
                            .addPeerUrls(place.peerUrl())
                            .setRole(Role.ROLE_LEARNER)
                            .build()));
            cluster.start(place, added.getMembersList());
            cluster.untilRow(asked, "m4", row -> row.getHealthy() && row.getRole() == Role.ROLE_LEARNER);

            var answer = cluster.steadily(
                    asked,
                    admin -> admin.replaceMember(ReplaceMemberRequest.newBuilder()
                            .setId(cluster.id(leaving.name()))
                            .setLearnerId(added.getMemberId())
                            .build()));

            assertThat(answer.getMembersList()).hasSize(3);
            var now = cluster.until(asked, known -> !known.hasPending() && known.getMembersCount() == 3);
            assertThat(row(now, "m4").getRole()).isEqualTo(Role.ROLE_VOTER);
            assertThat(leaving.awaitEnd()).as("it was removed").isZero();
        }
    }

    @Test
    void aLearnerIsPromotedAndAMemberRemoved() {
        try (var cluster = AdminCluster.ofThree()) {
            cluster.awaitWhole();
            var asked = cluster.member(cluster.followers().getFirst());
            var leaving = cluster.member(cluster.followers().getLast());
            var place = Place.of("m4");
            var added = cluster.steadily(
                    asked,
                    admin -> admin.addMember(AddMemberRequest.newBuilder()
                            .addPeerUrls(place.peerUrl())
                            .setRole(Role.ROLE_LEARNER)
                            .build()));
            cluster.start(place, added.getMembersList());
            cluster.untilRow(asked, "m4", row -> row.getHealthy());

            var promoted = cluster.steadily(
                    asked,
                    admin -> admin.promoteMember(PromoteMemberRequest.newBuilder()
                            .setId(added.getMemberId())
                            .build()));
            assertThat(promoted.getMembersList()).allMatch(member -> member.getRole() == Role.ROLE_VOTER);

            var removed = cluster.steadily(
                    asked,
                    admin -> admin.removeMember(RemoveMemberRequest.newBuilder()
                            .setId(cluster.id(leaving.name()))
                            .setExpectedVersion(promoted.getVersion())
                            .build()));
            assertThat(removed.getMembersList()).hasSize(3);
            assertThat(leaving.awaitEnd()).as("it was removed").isZero();
        }
    }

    @Test
    void aWitnessIsSeenThroughTheOthers() {
        try (var cluster = AdminCluster.withWitness()) {
            cluster.awaitWhole();
            var asked = cluster.member(cluster.leader());

            var row = cluster.untilRow(asked, "m3", MemberStatus::hasEngine);
            assertThat(row.getRole()).isEqualTo(Role.ROLE_WITNESS);
            assertThat(row.getEngine()).isEqualTo("none");
            assertThat(row.hasDbBytes()).isFalse();
            assertThat(row.getLogBytes()).isPositive();
            assertThat(row.getClientUrlsList()).isEmpty();
            assertThat(cluster.steadily(
                                    asked,
                                    admin -> admin.prepareStop(PrepareStopRequest.newBuilder()
                                            .setId(row.getId())
                                            .build()))
                            .getQuorumSurvives())
                    .isTrue();
            aLostWitnessIsReplaced(cluster, asked, row.getId());
        }
    }

    private static void aLostWitnessIsReplaced(AdminCluster cluster, MemberProcess asked, long lost) {
        cluster.witness().kill();
        cluster.untilRow(asked, "m3", row -> !row.getReachable());
        var place = Place.of("m4");

        var answer = cluster.steadily(
                asked,
                admin -> admin.replaceMember(ReplaceMemberRequest.newBuilder()
                        .setId(lost)
                        .addPeerUrls(place.peerUrl())
                        .build()));

        assertThat(row(answer.getMembersList(), "").getRole()).isEqualTo(Role.ROLE_WITNESS);
        cluster.startWitness(place, answer.getMembersList());
        var row = cluster.untilRow(asked, "m4", known -> known.getHealthy() && known.hasEngine());
        assertThat(row.getRole()).isEqualTo(Role.ROLE_WITNESS);
        assertThat(row.getEngine()).isEqualTo("none");
    }
}
