package io.metastore.server.trace;

import com.google.protobuf.ByteString;
import etcdserverpb.CompactionRequest;
import etcdserverpb.Compare;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.LeaseKeepAliveRequest;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.StatusRequest;
import etcdserverpb.TxnRequest;
import etcdserverpb.WatchCreateRequest;
import etcdserverpb.WatchGrpc;
import etcdserverpb.WatchRequest;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import v3lockpb.LockGrpc;
import v3lockpb.LockRequest;

/// Calls of many kinds, one after the other.
final class Tour implements AutoCloseable {
    /// Of a trace that the client keeps, and its state.
    static final String KEPT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    /// Of a trace that the client does not keep.
    static final String NOT_KEPT = "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    /// The only call of this method goes through the JSON gateway.
    static final String OVER_HTTP = "etcdserverpb.Cluster/MemberList";

    private static final ByteString KEY = ByteString.copyFromUtf8("k");

    private final String endpoint;
    private final ManagedChannel channel;
    private final KVGrpc.KVBlockingStub kv;

    Tour(String endpoint) {
        this.endpoint = endpoint;
        channel = NettyChannelBuilder.forTarget(endpoint).usePlaintext().build();
        kv = KVGrpc.newBlockingStub(channel);
    }

    void run() {
        put(kv);
        var _ = kv.range(RangeRequest.newBuilder().setKey(KEY).build());
        var _ = kv.range(
                RangeRequest.newBuilder().setKey(KEY).setSerializable(true).build());
        transactions();
        var _ = kv.deleteRange(DeleteRangeRequest.newBuilder().setKey(KEY).build());
        watch();
        leases();
        refused(() -> kv.put(PutRequest.getDefaultInstance()));
        refused(() ->
                kv.compact(CompactionRequest.newBuilder().setRevision(1000).build()));
        refused(() -> unknown("etcdserverpb.KV/Foo"));
        put(with("traceparent", KEPT, "tracestate", "vendor=1"));
        put(with("traceparent", NOT_KEPT, "tracestate", "vendor=1"));
        put(with("traceparent", "00-nonsense-01", "tracestate", "vendor=1"));
        var _ = MaintenanceGrpc.newBlockingStub(channel).status(StatusRequest.getDefaultInstance());
        var _ = HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
        lock(77);
        refused(() -> lock(78));
        pages();
        overHttp();
    }

    private static void put(KVGrpc.KVBlockingStub kv) {
        var _ = kv.put(PutRequest.newBuilder().setKey(KEY).setValue(KEY).build());
    }

    private KVGrpc.KVBlockingStub with(String first, String firstValue, String second, String secondValue) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of(first, Metadata.ASCII_STRING_MARSHALLER), firstValue);
        headers.put(Metadata.Key.of(second, Metadata.ASCII_STRING_MARSHALLER), secondValue);
        return kv.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private void transactions() {
        var put = RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder().setKey(KEY))
                .build();
        var range = RequestOp.newBuilder()
                .setRequestRange(RangeRequest.newBuilder().setKey(KEY))
                .build();
        var exists = Compare.newBuilder()
                .setKey(KEY)
                .setTarget(Compare.CompareTarget.VERSION)
                .setResult(Compare.CompareResult.GREATER)
                .build();
        var _ = kv.txn(
                TxnRequest.newBuilder().addCompare(exists).addSuccess(put).build());
        var _ = kv.txn(
                TxnRequest.newBuilder().addCompare(exists).addSuccess(range).build());
    }

    private void watch() {
        var call = ClientCalls.blockingBidiStreamingCall(channel, WatchGrpc.getWatchMethod(), CallOptions.DEFAULT);
        try {
            call.write(WatchRequest.newBuilder()
                    .setCreateRequest(WatchCreateRequest.newBuilder().setKey(KEY))
                    .build());
            var _ = call.read();
        } catch (InterruptedException | StatusException e) {
            throw new AssertionError(e);
        } finally {
            call.cancel("enough", null);
        }
    }

    private void leases() {
        var lease = LeaseGrpc.newBlockingStub(channel)
                .leaseGrant(LeaseGrantRequest.newBuilder().setTTL(60).setID(77).build());
        var call = ClientCalls.blockingBidiStreamingCall(
                channel, LeaseGrpc.getLeaseKeepAliveMethod(), CallOptions.DEFAULT);
        try {
            call.write(LeaseKeepAliveRequest.newBuilder().setID(lease.getID()).build());
            var _ = call.read();
            call.halfClose();
            for (var answer = call.read(); answer != null; ) {
                answer = call.read();
            }
        } catch (InterruptedException | StatusException e) {
            throw new AssertionError(e);
        }
    }

    private void unknown(String method) {
        var marshaller = KVGrpc.getPutMethod().getRequestMarshaller();
        var descriptor = MethodDescriptor.<PutRequest, PutRequest>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(method)
                .setRequestMarshaller(marshaller)
                .setResponseMarshaller(marshaller)
                .build();
        var _ = ClientCalls.blockingUnaryCall(
                channel, descriptor, CallOptions.DEFAULT, PutRequest.getDefaultInstance());
    }

    private void lock(long lease) {
        var _ = LockGrpc.newBlockingStub(channel)
                .lock(LockRequest.newBuilder().setName(KEY).setLease(lease).build());
    }

    private void pages() {
        var pages = kv.rangeStream(RangeRequest.newBuilder().setKey(KEY).build());
        while (pages.hasNext()) {
            var _ = pages.next();
        }
    }

    private void overHttp() {
        var list = HttpRequest.newBuilder(URI.create("http://" + endpoint + "/v3/cluster/member/list"))
                .header("traceparent", KEPT)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(list, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void refused(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException _) {
            return;
        }
        throw new AssertionError("it should be refused");
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            var _ = channel.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
