package io.metastore.server.grpc;

import static io.metastore.server.grpc.Wire.compare;
import static io.metastore.server.grpc.Wire.delete;
import static io.metastore.server.grpc.Wire.get;
import static io.metastore.server.grpc.Wire.put;
import static io.metastore.server.grpc.Wire.step;
import static io.metastore.server.grpc.Wire.text;
import static io.metastore.server.grpc.Wire.transaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import etcdserverpb.AlarmRequest;
import etcdserverpb.AlarmType;
import etcdserverpb.AuthEnableRequest;
import etcdserverpb.AuthGrpc;
import etcdserverpb.ClusterGrpc;
import etcdserverpb.CompactionRequest;
import etcdserverpb.DefragmentRequest;
import etcdserverpb.HashKVRequest;
import etcdserverpb.HashRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.LeaseLeasesRequest;
import etcdserverpb.LeaseRevokeRequest;
import etcdserverpb.LeaseTimeToLiveRequest;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.MemberAddRequest;
import etcdserverpb.MemberListRequest;
import etcdserverpb.RangeResponse;
import etcdserverpb.ResponseHeader;
import etcdserverpb.StatusRequest;
import etcdserverpb.TxnRequest;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import io.metastore.server.config.LimitConfig;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The unary services from a client's side, over a real connection.
class GrpcListenerIT {
    private LocalMember member;
    private KVGrpc.KVBlockingStub kv;
    private LeaseGrpc.LeaseBlockingStub lease;
    private MaintenanceGrpc.MaintenanceBlockingStub maintenance;

    @BeforeEach
    void start() {
        use(new LocalMember());
    }

    private void use(LocalMember fresh) {
        member = fresh;
        kv = KVGrpc.newBlockingStub(member.channel());
        lease = LeaseGrpc.newBlockingStub(member.channel());
        maintenance = MaintenanceGrpc.newBlockingStub(member.channel());
    }

    @AfterEach
    void stop() throws InterruptedException {
        member.close();
    }

    @Test
    void aPutIsReadBackWithTheWholeHeader() {
        var put = kv.put(put("a", "1"));
        var range = kv.range(get("a"));

        assertThat(put.getHeader()).isEqualTo(header(2));
        assertThat(range.getHeader()).isEqualTo(header(2));
        assertThat(range.getCount()).isEqualTo(1);
        assertThat(range.getKvs(0))
                .isEqualTo(mvccpb.KeyValue.newBuilder()
                        .setKey(text("a"))
                        .setValue(text("1"))
                        .setCreateRevision(2)
                        .setModRevision(2)
                        .setVersion(1)
                        .build());
    }

    @Test
    void serializableRangesAndRangesOfManyKeysAreServed() {
        kv.put(put("a", "1"));
        kv.put(put("b", "2"));

        assertThat(kv.range(get("a").toBuilder().setSerializable(true).build()).getCount())
                .isEqualTo(1);
        assertThat(kv.range(get("a", "\0").toBuilder().setLimit(1).build()))
                .satisfies(response -> assertThat(response.getKvsCount()).isEqualTo(1))
                .satisfies(response -> assertThat(response.getMore()).isTrue())
                .satisfies(response -> assertThat(response.getCount()).isEqualTo(2));
    }

    @Test
    void deletesTellHowManyAndWhat() {
        kv.put(put("a", "1"));
        kv.put(put("b", "2"));

        var deleted =
                kv.deleteRange(delete("a", "z").toBuilder().setPrevKv(true).build());

        assertThat(deleted.getHeader()).isEqualTo(header(4));
        assertThat(deleted.getDeleted()).isEqualTo(2);
        assertThat(deleted.getPrevKvsList())
                .extracting(previous -> previous.getValue().toStringUtf8())
                .containsExactly("1", "2");
    }

    @Test
    void aTransactionAnswersStepByStep() {
        kv.put(put("a", "1"));
        var request = TxnRequest.newBuilder()
                .addCompare(compare("a").setVersion(1))
                .addSuccess(step(put("b", "2")))
                .addSuccess(step(get("b")))
                .addSuccess(step(transaction(List.of(step(delete("a", ""))), List.of())))
                .build();

        var response = kv.txn(request);

        assertThat(response.getHeader()).isEqualTo(header(3));
        assertThat(response.getSucceeded()).isTrue();
        var revision = ResponseHeader.newBuilder().setRevision(3).build();
        assertThat(response.getResponses(0).getResponsePut().getHeader()).isEqualTo(revision);
        assertThat(response.getResponses(1).getResponseRange().getKvs(0).getModRevision())
                .isEqualTo(3);
        var inner = response.getResponses(2).getResponseTxn();
        assertThat(inner.hasHeader()).isTrue();
        assertThat(inner.getHeader()).isEqualTo(ResponseHeader.getDefaultInstance());
        assertThat(inner.getResponses(0).getResponseDeleteRange().getDeleted()).isEqualTo(1);
    }

    @Test
    void aTransactionOfReadsRaisesNoRevision() {
        kv.put(put("a", "1"));

        var response = kv.txn(transaction(List.of(step(get("a"))), List.of()));

        assertThat(response.getHeader()).isEqualTo(header(2));
        assertThat(response.getResponses(0).getResponseRange().getKvsCount()).isEqualTo(1);
    }

    @Test
    void transactionsMayBeNestedAsDeepAsTheirBudgetAllows() {
        var nested = transaction(List.of(step(put("deep", "1"))), List.of());
        for (int depth = 1; depth < 128; depth++) {
            nested = transaction(List.of(step(nested)), List.of());
        }

        kv.txn(nested);

        assertThat(kv.range(get("deep")).getCount()).isEqualTo(1);
        var tooDeep = transaction(List.of(step(nested)), List.of());
        assertRefused(() -> kv.txn(tooDeep), EtcdError.TOO_MANY_OPERATIONS);
    }

    @Test
    void refusalsCarryTheCodesAndTextsOfEtcd() {
        assertRefused(() -> kv.range(get("")), EtcdError.EMPTY_KEY);
        assertRefused(() -> kv.put(put("", "1")), EtcdError.EMPTY_KEY);
        assertRefused(() -> kv.range(get("a").toBuilder().setRevision(9).build()), EtcdError.FUTURE_REVISION);
        assertRefused(() -> kv.put(put("a", "").toBuilder().setIgnoreValue(true).build()), EtcdError.KEY_NOT_FOUND);
        assertRefused(() -> kv.put(put("a", "").toBuilder().setLease(5).build()), EtcdError.LEASE_NOT_FOUND);
        assertRefused(
                () -> kv.compact(CompactionRequest.newBuilder().setRevision(9).build()), EtcdError.FUTURE_REVISION);
    }

    @Test
    void compactedRevisionsAreGone() {
        kv.put(put("a", "1"));
        kv.put(put("a", "2"));

        var compacted = kv.compact(
                CompactionRequest.newBuilder().setRevision(3).setPhysical(true).build());

        assertThat(compacted.getHeader()).isEqualTo(header(3));
        assertRefused(() -> kv.range(get("a").toBuilder().setRevision(2).build()), EtcdError.COMPACTED);
        assertThat(kv.range(get("a").toBuilder().setRevision(3).build()).getCount())
                .isEqualTo(1);
    }

    @Test
    void aRequestAboveTheLimitIsTooLarge() {
        int most = 1_572_864;

        kv.put(put("k", "v".repeat(most - 24)));

        assertRefused(() -> kv.put(put("k", "v".repeat(most - 23))), EtcdError.REQUEST_TOO_LARGE);
        assertThat(kv.range(get("k")).getKvs(0).getValue().size()).isEqualTo(most - 24);
    }

    @Test
    void aMessageAboveTheReceiveLimitIsRefusedInTheWordsOfGrpcGo() {
        var tooLarge = put("k", "v".repeat(2_400_000));

        var refusal = refusal(() -> kv.put(tooLarge));

        assertThat(refusal.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refusal.getDescription())
                .isEqualTo("grpc: received message larger than max (" + tooLarge.getSerializedSize() + " vs. 2097152)");
        assertThat(kv.put(put("k", "small")).getHeader()).isEqualTo(header(2));
    }

    @Test
    void overTheQuotaPutsAreRefusedAndAnAlarmIsRaised() throws InterruptedException {
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
                .containsExactly("memberID:10276657743932975437 alarm:NOSPACE");
        kv.deleteRange(delete("a", ""));
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
    void aMemberWithoutALeaderSaysSo() {
        member.consensus.setLeader(false);

        assertThat(maintenance.status(StatusRequest.getDefaultInstance()).getErrorsList())
                .containsExactly("etcdserver: no leader");
        var strict = metadata("hasleader", "true");
        assertRefused(
                () -> KVGrpc.newBlockingStub(ClientInterceptors.intercept(member.channel(), strict))
                        .range(get("a").toBuilder().setSerializable(true).build()),
                EtcdError.NO_LEADER);
        assertThat(kv.range(get("a").toBuilder().setSerializable(true).build()).getCount())
                .isZero();
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

    @Test
    void theHealthServiceIsServing() {
        assertThat(HealthGrpc.newBlockingStub(member.channel())
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    }

    @Test
    void whatIsNotServedIsUnimplementedInTheWordsOfGrpcGo() {
        var auth = refusal(
                () -> AuthGrpc.newBlockingStub(member.channel()).authEnable(AuthEnableRequest.getDefaultInstance()));
        var add = refusal(
                () -> ClusterGrpc.newBlockingStub(member.channel()).memberAdd(MemberAddRequest.getDefaultInstance()));

        assertThat(auth.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(auth.getDescription()).isEqualTo("unknown service etcdserverpb.Auth");
        assertThat(add.getDescription()).isEqualTo("unknown method MemberAdd for service etcdserverpb.Cluster");
    }

    @Test
    void aLargeRangeComesInParts() {
        for (int i = 0; i < 100; i++) {
            kv.put(put("k%03d".formatted(i), "v"));
        }

        var parts = new ArrayList<RangeResponse>();
        kv.rangeStream(get("k", "l")).forEachRemaining(part -> parts.add(part.getRangeResponse()));

        assertThat(parts).extracting(RangeResponse::getKvsCount).containsExactly(10, 20, 40, 30);
        assertThat(parts.subList(0, 3)).noneMatch(RangeResponse::hasHeader);
        assertThat(parts.getLast().getHeader()).isEqualTo(header(101));
        assertThat(parts.getLast().getCount()).isEqualTo(100);
        assertThat(parts.getLast().getMore()).isFalse();
    }

    @Test
    void aLargeRangeStopsAtItsLimitAndCountsOnInOneMessage() {
        for (int i = 0; i < 40; i++) {
            kv.put(put("k%03d".formatted(i), "v"));
        }

        var parts = new ArrayList<RangeResponse>();
        kv.rangeStream(get("k", "l").toBuilder().setLimit(15).build())
                .forEachRemaining(part -> parts.add(part.getRangeResponse()));
        var counts = new ArrayList<RangeResponse>();
        kv.rangeStream(get("k", "l").toBuilder().setCountOnly(true).build())
                .forEachRemaining(part -> counts.add(part.getRangeResponse()));

        assertThat(parts).extracting(RangeResponse::getKvsCount).containsExactly(10, 5);
        assertThat(parts.getLast().getMore()).isTrue();
        assertThat(parts.getLast().getCount()).isEqualTo(40);
        assertThat(counts).hasSize(1);
        assertThat(counts.getFirst().getCount()).isEqualTo(40);
        assertThat(counts.getFirst().getKvsCount()).isZero();
    }

    @Test
    void aStreamedRangeIsRefusedLikeAnyOther() {
        assertRefused(() -> kv.rangeStream(get("")).hasNext(), EtcdError.EMPTY_KEY);
        assertRefused(
                () -> kv.rangeStream(get("a").toBuilder().setRevision(9).build())
                        .hasNext(),
                EtcdError.FUTURE_REVISION);
        assertRefused(
                () -> kv.rangeStream(get("a").toBuilder().setMaxModRevision(9).build())
                        .hasNext(),
                EtcdError.STREAM_REVISION_FILTER);
    }

    private static io.grpc.ClientInterceptor metadata(String key, String value) {
        var metadata = new Metadata();
        metadata.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), value);
        return MetadataUtils.newAttachHeadersInterceptor(metadata);
    }

    private static void assertRefused(ThrowingCallable call, EtcdError error) {
        var status = refusal(call);
        assertThat(status.getDescription()).isEqualTo(error.text());
        assertThat(status.getCode()).isEqualTo(error.status().getCode());
    }

    private static Status refusal(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call).getStatus();
    }

    private static ResponseHeader header(long revision) {
        return ResponseHeader.newBuilder()
                .setClusterId(SoloConsensus.CLUSTER)
                .setMemberId(SoloConsensus.SELF.number())
                .setRevision(revision)
                .setRaftTerm(2)
                .build();
    }
}
