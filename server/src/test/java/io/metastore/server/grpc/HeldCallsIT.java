package io.metastore.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import etcdserverpb.KVGrpc;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.StatusRequest;
import etcdserverpb.WatchCreateRequest;
import etcdserverpb.WatchGrpc;
import etcdserverpb.WatchRequest;
import etcdserverpb.WatchResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients of a member that is not ready yet. `Maintenance/Status` is answered at once and on the same connection, so
/// once it is, calls that were made before have arrived.
@Timeout(30)
class HeldCallsIT {
    private static final ByteString KEY = ByteString.copyFromUtf8("key");

    private final LocalMember member = LocalMember.returning();

    @AfterEach
    void stop() {
        member.close();
    }

    @Test
    void callsWaitUntilTheMemberIsReady() throws Exception {
        var put = KVGrpc.newFutureStub(member.channel())
                .put(PutRequest.newBuilder().setKey(KEY).build());
        var range = KVGrpc.newFutureStub(member.channel())
                .range(RangeRequest.newBuilder()
                        .setKey(KEY)
                        .setSerializable(true)
                        .build());
        var health = HealthGrpc.newFutureStub(member.channel()).check(HealthCheckRequest.getDefaultInstance());
        var watch = new FirstMessage();
        watch(watch);

        assertThat(status()).isZero();
        assertThat(put).isNotDone();
        assertThat(range).isNotDone();
        assertThat(health).isNotDone();
        assertThat(watch.first).isNotDone();

        member.ready();

        assertThat(answer(put).getHeader().getRevision()).isEqualTo(2);
        assertThat(answer(range).getHeader().getRevision()).isBetween(1L, 2L);
        assertThat(answer(health).getStatus().name()).isEqualTo("SERVING");
        assertThat(watch.first.get(10, TimeUnit.SECONDS).getCreated()).isTrue();
    }

    @Test
    void theGatewayWaitsAndPagesDoNot() throws Exception {
        var range = HTTP.sendAsync(
                request("/v3/kv/range")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"a2V5\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(HTTP.send(request("/version").build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        assertThat(range).isNotDone();

        member.ready();

        assertThat(range.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void aCallWhoseClientGaveUpIsNotServed() {
        var tooLong = KVGrpc.newBlockingStub(member.channel()).withDeadlineAfter(200, TimeUnit.MILLISECONDS);

        assertThatThrownBy(() -> tooLong.put(PutRequest.newBuilder().setKey(KEY).build()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(refused.getStatus())
                                .extracting(Status::getCode)
                                .isEqualTo(Status.Code.DEADLINE_EXCEEDED));
        assertThat(status()).isZero();
        member.ready();

        assertThat(KVGrpc.newBlockingStub(member.channel())
                        .range(RangeRequest.newBuilder().setKey(KEY).build())
                        .getCount())
                .isZero();
    }

    @Test
    void aMemberThatStopsBeforeItWasReadySaysSo() {
        var put = KVGrpc.newFutureStub(member.channel())
                .put(PutRequest.newBuilder().setKey(KEY).build());
        assertThat(status()).isZero();

        member.stopListening();

        assertThatThrownBy(() -> answer(put))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("UNAVAILABLE: etcdserver: server stopped");
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + member.address().getPort() + path));
    }

    private long status() {
        return MaintenanceGrpc.newBlockingStub(member.channel())
                .status(StatusRequest.getDefaultInstance())
                .getErrorsCount();
    }

    private void watch(StreamObserver<WatchResponse> observer) {
        WatchGrpc.newStub(member.channel())
                .watch(observer)
                .onNext(WatchRequest.newBuilder()
                        .setCreateRequest(WatchCreateRequest.newBuilder().setKey(KEY))
                        .build());
    }

    private static <T> T answer(ListenableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private static final class FirstMessage implements StreamObserver<WatchResponse> {
        private final CompletableFuture<WatchResponse> first = new CompletableFuture<>();

        @Override
        public void onNext(WatchResponse message) {
            first.complete(message);
        }

        @Override
        public void onError(Throwable failure) {
            first.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            first.completeExceptionally(new IllegalStateException("ended"));
        }
    }
}
