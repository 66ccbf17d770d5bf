package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.ResponseHeader;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A member, and a client's stubs, for each test.
abstract class MemberFixture {
    LocalMember member;
    KVGrpc.KVBlockingStub kv;
    LeaseGrpc.LeaseBlockingStub lease;
    MaintenanceGrpc.MaintenanceBlockingStub maintenance;

    @BeforeEach
    final void start() {
        use(new LocalMember());
    }

    final void use(LocalMember fresh) {
        member = fresh;
        kv = KVGrpc.newBlockingStub(member.channel());
        lease = LeaseGrpc.newBlockingStub(member.channel());
        maintenance = MaintenanceGrpc.newBlockingStub(member.channel());
    }

    @AfterEach
    final void stop() {
        member.close();
    }

    static void assertRefused(ThrowingCallable call, EtcdError error) {
        var status = refusal(call);
        assertThat(status.getDescription()).isEqualTo(error.text());
        assertThat(status.getCode()).isEqualTo(error.status().getCode());
    }

    static Status refusal(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call).getStatus();
    }

    static ResponseHeader header(long revision) {
        return ResponseHeader.newBuilder()
                .setClusterId(SoloConsensus.CLUSTER)
                .setMemberId(SoloConsensus.SELF.number())
                .setRevision(revision)
                .setRaftTerm(2)
                .build();
    }
}
