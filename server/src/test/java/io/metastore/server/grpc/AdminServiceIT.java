package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import etcdserverpb.AuthEnableRequest;
import etcdserverpb.AuthGrpc;
import etcdserverpb.AuthRoleAddRequest;
import etcdserverpb.AuthUserAddRequest;
import etcdserverpb.AuthUserGrantRoleRequest;
import etcdserverpb.AuthenticateRequest;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import io.metastore.proto.admin.v1.AddMemberRequest;
import io.metastore.proto.admin.v1.AdminGrpc;
import io.metastore.proto.admin.v1.AdminGrpc.AdminBlockingStub;
import io.metastore.proto.admin.v1.MembershipRequest;
import io.metastore.proto.admin.v1.PrepareStopRequest;
import io.metastore.proto.admin.v1.RemoveMemberRequest;
import io.metastore.proto.admin.v1.ReplaceMemberRequest;
import io.metastore.proto.admin.v1.Role;
import io.metastore.proto.admin.v1.TransferLeadershipRequest;
import org.junit.jupiter.api.Test;

class AdminServiceIT extends MemberFixture {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

    @Test
    void whatIsNotKnownIsAbsent() {
        var answer = admin().membership(MembershipRequest.getDefaultInstance());

        assertThat(answer.getClusterId()).isEqualTo(SoloConsensus.CLUSTER);
        assertThat(answer.getLeaderId()).isEqualTo(SoloConsensus.SELF.number());
        assertThat(answer.getConfirmed()).isTrue();
        assertThat(answer.hasPending()).isFalse();
        assertThat(answer.getMembersList()).singleElement().satisfies(row -> {
            assertThat(row.getRole()).isEqualTo(Role.ROLE_VOTER);
            assertThat(row.getReachable()).isTrue();
            assertThat(row.getHealthy()).as("it was never started").isFalse();
            assertThat(row.getLogBytes()).isEqualTo(4096);
            assertThat(row.hasDbBytes()).as("0 is known").isTrue();
            assertThat(row.hasFreeBytes()).isFalse();
        });
    }

    @Test
    void withoutALeaderTheMembersAreToldAndNotConfirmed() {
        member.consensus.setLeader(false);

        var answer = admin().membership(MembershipRequest.getDefaultInstance());

        assertThat(answer.getConfirmed()).isFalse();
        assertThat(answer.getLeaderId()).isZero();
        assertThat(answer.hasCommitIndex()).isFalse();
        assertThat(answer.getMembersList()).singleElement().satisfies(row -> {
            assertThat(row.hasMatchIndex()).isFalse();
            assertThat(row.getEngine()).isEqualTo("memory");
        });
    }

    @Test
    void aRequestThatMakesNoSenseIsRefused() {
        assertInvalid(AddMemberRequest.newBuilder().setRoleValue(9).build(), "metastore: there is no role 9");
        assertInvalid(
                AddMemberRequest.newBuilder().setExpectedVersion("12").build(),
                "metastore: expected_version is no version: 12");
        assertInvalid(
                AddMemberRequest.newBuilder().addPeerUrls("nonsense").build(),
                "etcdserver: given member URLs are invalid");
        var neither = refusal(() ->
                admin().replaceMember(ReplaceMemberRequest.newBuilder().setId(1).build()));
        assertThat(neither.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(neither.getDescription())
                .isEqualTo("metastore: a member is replaced by peer_urls or by learner_id, one of the two");
    }

    private void assertInvalid(AddMemberRequest request, String text) {
        var status = refusal(() -> admin().addMember(request));
        assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(status.getDescription()).isEqualTo(text);
    }

    @Test
    void theOnlyMemberIsNeeded() {
        assertRefused(
                () -> admin().removeMember(RemoveMemberRequest.newBuilder()
                        .setId(SoloConsensus.SELF.number())
                        .build()),
                EtcdError.NOT_ENOUGH_STARTED);
        assertThat(refusal(() -> admin().prepareStop(PrepareStopRequest.getDefaultInstance()))
                        .getDescription())
                .isEqualTo("metastore: too few voters would be left: without member " + SoloConsensus.SELF
                        + " 0 of 1 voters answer, and 1 are needed, one of them with data");
        assertRefused(
                () -> admin().transferLeadership(TransferLeadershipRequest.getDefaultInstance()), EtcdError.NO_HEIR);
        assertRefused(
                () -> admin().prepareStop(
                                PrepareStopRequest.newBuilder().setId(5).build()),
                EtcdError.MEMBER_NOT_FOUND);

        var forced = admin().prepareStop(
                        PrepareStopRequest.newBuilder().setForce(true).build());
        assertThat(forced.getQuorumSurvives()).isFalse();
        assertThat(forced.getLeaderId()).isEqualTo(SoloConsensus.SELF.number());
    }

    @Test
    void usersMayLookAndOnlyRootMayChangeSomething() {
        var auth = AuthGrpc.newBlockingStub(member.channel());
        for (var user : new String[] {"root", "alice"}) {
            auth.userAdd(AuthUserAddRequest.newBuilder()
                    .setName(user)
                    .setPassword(user)
                    .build());
        }
        auth.roleAdd(AuthRoleAddRequest.newBuilder().setName("root").build());
        auth.userGrantRole(AuthUserGrantRoleRequest.newBuilder()
                .setUser("root")
                .setRole("root")
                .build());
        auth.authEnable(AuthEnableRequest.getDefaultInstance());
        var root = admin().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token(auth, "root")));
        var alice = admin().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token(auth, "alice")));

        assertRefused(() -> admin().membership(MembershipRequest.getDefaultInstance()), EtcdError.USER_EMPTY);
        assertThat(alice.membership(MembershipRequest.getDefaultInstance()).getMembersCount())
                .isEqualTo(1);
        assertRefused(() -> alice.addMember(learner()), EtcdError.PERMISSION_DENIED);
        assertRefused(
                () -> alice.prepareStop(
                        PrepareStopRequest.newBuilder().setForce(true).build()),
                EtcdError.PERMISSION_DENIED);
        assertRefused(
                () -> alice.transferLeadership(TransferLeadershipRequest.getDefaultInstance()),
                EtcdError.PERMISSION_DENIED);
        assertThat(root.addMember(learner()).getMembersCount()).isEqualTo(2);
    }

    private static AddMemberRequest learner() {
        return AddMemberRequest.newBuilder()
                .addPeerUrls("http://127.0.0.1:1")
                .setRole(Role.ROLE_LEARNER)
                .build();
    }

    private static Metadata token(AuthGrpc.AuthBlockingStub auth, String user) {
        var answer = auth.authenticate(
                AuthenticateRequest.newBuilder().setName(user).setPassword(user).build());
        var headers = new Metadata();
        headers.put(TOKEN, answer.getToken());
        return headers;
    }

    private AdminBlockingStub admin() {
        return AdminGrpc.newBlockingStub(member.channel());
    }
}
