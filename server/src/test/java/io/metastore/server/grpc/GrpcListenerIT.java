package io.metastore.server.grpc;

import static io.metastore.server.grpc.Wire.get;
import static io.metastore.server.grpc.Wire.put;
import static org.assertj.core.api.Assertions.assertThat;

import etcdserverpb.ClusterGrpc;
import etcdserverpb.KVGrpc;
import etcdserverpb.MemberListRequest;
import etcdserverpb.StatusRequest;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What holds for all services: limits, metadata, unknown methods.
class GrpcListenerIT extends MemberFixture {
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
    void theHealthServiceIsServing() {
        assertThat(HealthGrpc.newBlockingStub(member.channel())
                        .check(HealthCheckRequest.getDefaultInstance())
                        .getStatus())
                .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
    }

    @Test
    void whatIsNotServedIsUnimplementedInTheWordsOfGrpcGo() {
        var service = unserved("etcdserverpb.Nope/MemberList");
        var method = unserved("etcdserverpb.Cluster/MemberNope");

        assertThat(service.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(service.getDescription()).isEqualTo("unknown service etcdserverpb.Nope");
        assertThat(method.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(method.getDescription()).isEqualTo("unknown method MemberNope for service etcdserverpb.Cluster");
    }

    private Status unserved(String fullName) {
        var method = ClusterGrpc.getMemberListMethod().toBuilder()
                .setFullMethodName(fullName)
                .build();
        return refusal(() -> ClientCalls.blockingUnaryCall(
                member.channel(), method, CallOptions.DEFAULT, MemberListRequest.getDefaultInstance()));
    }

    @Test
    void everyAddressIsServed() throws InterruptedException {
        var addresses = member.addresses();
        assertThat(addresses).hasSize(2).doesNotHaveDuplicates();
        for (var address : addresses) {
            var channel = NettyChannelBuilder.forAddress(address).usePlaintext().build();

            KVGrpc.newBlockingStub(channel).put(put("a", "1"));

            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
        assertThat(kv.range(get("a")).getKvs(0).getVersion()).isEqualTo(2);
    }

    private static ClientInterceptor metadata(String key, String value) {
        var metadata = new Metadata();
        metadata.put(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER), value);
        return MetadataUtils.newAttachHeadersInterceptor(metadata);
    }
}
