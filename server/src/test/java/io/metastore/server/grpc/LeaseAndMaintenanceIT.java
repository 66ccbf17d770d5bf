package io.metastore.server.grpc;

import static etcdserverpb.DowngradeRequest.DowngradeAction.CANCEL;
import static etcdserverpb.DowngradeRequest.DowngradeAction.ENABLE;
import static etcdserverpb.DowngradeRequest.DowngradeAction.VALIDATE;
import static io.metastore.server.grpc.Wire.delete;
import static io.metastore.server.grpc.Wire.get;
import static io.metastore.server.grpc.Wire.put;
import static io.metastore.server.grpc.Wire.step;
import static io.metastore.server.grpc.Wire.text;
import static io.metastore.server.grpc.Wire.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import etcdserverpb.AlarmRequest;
import etcdserverpb.AlarmType;
import etcdserverpb.ClusterGrpc;
import etcdserverpb.DefragmentRequest;
import etcdserverpb.DowngradeInfo;
import etcdserverpb.DowngradeRequest;
import etcdserverpb.HashKVRequest;
import etcdserverpb.HashRequest;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseLeasesRequest;
import etcdserverpb.LeaseRevokeRequest;
import etcdserverpb.LeaseTimeToLiveRequest;
import etcdserverpb.MemberListRequest;
import etcdserverpb.StatusRequest;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthListRequest;
import io.grpc.stub.ClientCalls;
import io.metastore.server.config.LimitConfig;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The services around the keys from a client's side.
class LeaseAndMaintenanceIT extends MemberFixture {
    @Test
    void overTheQuotaPutsAreRefusedAndAnAlarmIsRaised() {
        member.close();
        use(new LocalMember(new LimitConfig(1_572_864, 128, LimitConfig.UNLIMITED_STREAMS, 24_000)));
        kv.put(put("a", "v".repeat(2_500)));

        assertRefused(() -> kv.put(put("b", "v".repeat(2_500))), EtcdError.NO_SPACE);
        var many = new ArrayList<etcdserverpb.RequestOp>();
        for (int i = 0; i < 129; i++) {
            many.add(step(put("k" + i, "v")));
        }
        assertRefused(() -> kv.txn(transaction(many, List.of())), EtcdError.NO_SPACE);
        assertRefused(() -> kv.put(put("", "v".repeat(2_500))), EtcdError.NO_SPACE);

        var alarms = maintenance.alarm(AlarmRequest.getDefaultInstance());
        assertThat(alarms.getAlarmsList()).hasSize(1);
        assertThat(alarms.getAlarms(0).getAlarm()).isEqualTo(AlarmType.NOSPACE);
        assertThat(alarms.getAlarms(0).getMemberID()).isEqualTo(SoloConsensus.SELF.number());
        assertThat(maintenance.status(StatusRequest.getDefaultInstance()).getErrorsList())
                .containsExactly("memberID:10276657743932975437  alarm:NOSPACE");
        kv.deleteRange(delete("a", ""));
    }

    @Test
    void whoIsRefusedForWantOfSpaceFindsTheAlarm() {
        member.close();
        use(new LocalMember(new LimitConfig(1_572_864, 128, LimitConfig.UNLIMITED_STREAMS, 1)));

        assertRefused(
                () -> lease.leaseGrant(
                        LeaseGrantRequest.newBuilder().setTTL(100).build()),
                EtcdError.NO_SPACE);

        assertThat(maintenance.alarm(AlarmRequest.getDefaultInstance()).getAlarmsList())
                .hasSize(1);
    }

    @Test
    void aDowngradeIsValidatedBegunAndCancelled() {
        assertThat(maintenance.downgrade(downgrade(VALIDATE, "3.6")).getVersion())
                .isEqualTo("3.7");
        assertThat(maintenance.downgrade(downgrade(VALIDATE, "3.6.0")).getHeader())
                .isEqualTo(header(1));
        assertRefused(() -> maintenance.downgrade(downgrade(VALIDATE, "3.7.1")), EtcdError.INVALID_DOWNGRADE_TARGET);
        assertRefused(() -> maintenance.downgrade(downgrade(VALIDATE, "3")), EtcdError.WRONG_DOWNGRADE_FORMAT);
        assertRefused(() -> maintenance.downgrade(downgrade(ENABLE, "3.5.0")), EtcdError.INVALID_DOWNGRADE_TARGET);
        assertThat(maintenance.downgrade(downgrade(ENABLE, "3.6.4")).getVersion())
                .isEqualTo("3.7");
        assertThat(downgradeInfo())
                .isEqualTo(DowngradeInfo.newBuilder()
                        .setEnabled(true)
                        .setTargetVersion("3.6.0")
                        .build());
        assertRefused(() -> maintenance.downgrade(downgrade(ENABLE, "3.6.0")), EtcdError.DOWNGRADE_IN_PROGRESS);
        assertRefused(() -> maintenance.downgrade(downgrade(VALIDATE, "3.6.0")), EtcdError.DOWNGRADE_IN_PROGRESS);
        assertThat(maintenance.downgrade(downgrade(CANCEL, "")).getVersion()).isEqualTo("3.7");
        assertThat(downgradeInfo()).isEqualTo(DowngradeInfo.getDefaultInstance());
    }

    private DowngradeInfo downgradeInfo() {
        return maintenance.status(StatusRequest.getDefaultInstance()).getDowngradeInfo();
    }

    private static DowngradeRequest downgrade(DowngradeRequest.DowngradeAction action, String version) {
        return DowngradeRequest.newBuilder()
                .setAction(action)
                .setVersion(version)
                .build();
    }

    @Test
    void aHealthCheckOfAnUnknownServiceIsRefusedAsInGo() {
        var request = HealthCheckRequest.newBuilder().setService("other").build();

        var status = refusal(() -> HealthGrpc.newBlockingStub(member.channel()).check(request));

        assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(status.getDescription()).isEqualTo("unknown service");
    }

    /// The bytes that etcd 3.7.1 answers.
    @Test
    void theHealthOfAllServicesIsListedAsInGo() {
        var answer = ClientCalls.blockingUnaryCall(
                member.channel(), HealthService.LIST, CallOptions.DEFAULT, HealthListRequest.getDefaultInstance());

        assertThat(HexFormat.of().formatHex(answer.toByteArray())).isEqualTo("0a060a0012020801");
    }

    @Test
    void alarmsAreRaisedListedAndDisarmed() {
        var corrupt = AlarmRequest.newBuilder().setMemberID(5).setAlarm(AlarmType.CORRUPT);

        assertThat(maintenance
                        .alarm(corrupt.clone()
                                .setAction(AlarmRequest.AlarmAction.ACTIVATE)
                                .build())
                        .getAlarmsList())
                .hasSize(1);
        assertThat(maintenance.alarm(AlarmRequest.getDefaultInstance()).getAlarmsList())
                .hasSize(1);
        assertThat(maintenance
                        .alarm(AlarmRequest.newBuilder()
                                .setAlarm(AlarmType.NOSPACE)
                                .build())
                        .getAlarmsList())
                .isEmpty();
        assertRefused(() -> kv.put(put("a", "1")), EtcdError.CORRUPT);
        var disarm =
                corrupt.clone().setAction(AlarmRequest.AlarmAction.DEACTIVATE).build();
        assertThat(maintenance.alarm(disarm).getAlarmsList()).hasSize(1);
        assertThat(maintenance.alarm(disarm).getAlarmsList()).isEmpty();
        assertThat(kv.put(put("a", "1")).getHeader()).isEqualTo(header(2));
        assertThat(maintenance
                        .alarm(AlarmRequest.newBuilder()
                                .setAction(AlarmRequest.AlarmAction.ACTIVATE)
                                .build())
                        .getAlarmsList())
                .isEmpty();
    }

    @Test
    void leasesAreGrantedShownAndRevoked() {
        var granted = lease.leaseGrant(
                LeaseGrantRequest.newBuilder().setTTL(60).setID(77).build());
        kv.put(put("a", "1").toBuilder().setLease(77).build());

        assertThat(granted.getHeader()).isEqualTo(header(1));
        assertThat(granted.getTTL()).isEqualTo(60);
        var shown = lease.leaseTimeToLive(
                LeaseTimeToLiveRequest.newBuilder().setID(77).setKeys(true).build());
        assertThat(shown.getTTL()).isEqualTo(60);
        assertThat(shown.getGrantedTTL()).isEqualTo(60);
        assertThat(shown.getKeysList()).containsExactly(text("a"));
        assertThat(lease.leaseLeases(LeaseLeasesRequest.getDefaultInstance()).getLeasesList())
                .extracting(status -> status.getID())
                .containsExactly(77L);

        var revoked =
                lease.leaseRevoke(LeaseRevokeRequest.newBuilder().setID(77).build());

        assertThat(revoked.getHeader()).isEqualTo(header(3));
        assertThat(kv.range(get("a")).getCount()).isZero();
        assertThat(lease.leaseTimeToLive(
                                LeaseTimeToLiveRequest.newBuilder().setID(77).build())
                        .getTTL())
                .isEqualTo(-1);
    }

    @Test
    void leasesAreRefusedAsByEtcd() {
        var known = LeaseGrantRequest.newBuilder().setTTL(60).setID(77).build();
        lease.leaseGrant(known);

        assertRefused(() -> lease.leaseGrant(known), EtcdError.LEASE_EXISTS);
        assertRefused(
                () -> lease.leaseGrant(
                        LeaseGrantRequest.newBuilder().setTTL(9_000_000_001L).build()),
                EtcdError.LEASE_TTL_TOO_LARGE);
        assertRefused(
                () -> lease.leaseRevoke(
                        LeaseRevokeRequest.newBuilder().setID(78).build()),
                EtcdError.LEASE_NOT_FOUND);
        assertThat(lease.leaseGrant(LeaseGrantRequest.getDefaultInstance()))
                .satisfies(response -> assertThat(response.getID()).isPositive())
                .satisfies(response -> assertThat(response.getTTL()).isEqualTo(1));
    }

    @Test
    void theMemberTellsItsStatus() {
        kv.put(put("a", "1"));

        var status = maintenance.status(StatusRequest.getDefaultInstance());

        assertThat(status.getHeader()).isEqualTo(header(2));
        assertThat(status.getVersion()).isEqualTo("3.7.1");
        assertThat(status.getStorageVersion()).isEqualTo("3.7.0");
        assertThat(status.getLeader()).isEqualTo(SoloConsensus.SELF.number());
        assertThat(status.getRaftTerm()).isEqualTo(2);
        assertThat(status.getRaftIndex()).isEqualTo(1);
        assertThat(status.getRaftAppliedIndex()).isEqualTo(1);
        assertThat(status.getDbSize()).isGreaterThan(status.getDbSizeInUse());
        assertThat(status.getDbSizeQuota()).isEqualTo(2_147_483_648L);
        assertThat(status.hasDowngradeInfo()).isTrue();
        assertThat(status.getErrorsList()).isEmpty();
    }

    @Test
    void hashesAreTold() {
        kv.put(put("a", "1"));

        var hash = maintenance.hashKV(HashKVRequest.getDefaultInstance());

        assertThat(hash.getHeader()).isEqualTo(header(2));
        assertThat(hash.getHashRevision()).isEqualTo(2);
        assertThat(hash.getCompactRevision()).isEqualTo(-1);
        assertThat(hash.getHash()).isNotZero();
        assertThat(maintenance.hash(HashRequest.getDefaultInstance()).getHeader())
                .isEqualTo(header(2));
        assertRefused(
                () -> maintenance.hashKV(
                        HashKVRequest.newBuilder().setRevision(3).build()),
                EtcdError.FUTURE_REVISION);
    }

    @Test
    void defragmentingAnswersNothingAtAll() {
        assertThat(maintenance
                        .defragment(DefragmentRequest.getDefaultInstance())
                        .hasHeader())
                .isFalse();
    }

    @Test
    void theMembersAreListedWithoutARevision() {
        var list = ClusterGrpc.newBlockingStub(member.channel())
                .memberList(MemberListRequest.newBuilder().setLinearizable(true).build());

        assertThat(list.getHeader()).isEqualTo(header(0));
        assertThat(list.getMembersList()).hasSize(1);
        assertThat(list.getMembers(0).getPeerURLsList()).containsExactly("http://127.0.0.1:2380");
    }
}
