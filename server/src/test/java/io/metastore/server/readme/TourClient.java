package io.metastore.server.readme;

import com.google.protobuf.ByteString;
import etcdserverpb.CompactionRequest;
import etcdserverpb.Compare;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.StatusRequest;
import etcdserverpb.TxnRequest;
import etcdserverpb.WatchCreateRequest;
import etcdserverpb.WatchGrpc;
import etcdserverpb.WatchRequest;
import etcdserverpb.WatchResponse;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/// Makes the calls that `etcdctl` makes in the README's tour, and tells what matters of the answers in the same
/// words. For machines without `etcdctl`.
final class TourClient implements AutoCloseable {
    private final ManagedChannel channel;
    private final KVGrpc.KVBlockingStub kv;
    private final Queue<String> watched = new ConcurrentLinkedQueue<>();

    TourClient(String endpoint) {
        channel = ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build();
        kv = KVGrpc.newBlockingStub(channel);
    }

    String put(String key, String value) {
        kv.put(putOf(key, value));
        return "OK";
    }

    String modRevision(String key) {
        var found = kv.range(get(key).build()).getKvs(0);
        return "\"mod_revision\":" + found.getModRevision();
    }

    String allKeys() {
        var zero = ByteString.copyFrom(new byte[1]);
        var all = RangeRequest.newBuilder().setKey(zero).setRangeEnd(zero).setKeysOnly(true);
        return kv.range(all.build()).getKvsList().stream()
                .map(pair -> pair.getKey().toStringUtf8())
                .collect(Collectors.joining("\n"));
    }

    String get(String key, long revision) {
        var found = kv.range(get(key).setRevision(revision).build()).getKvs(0);
        return found.getKey().toStringUtf8() + "\n" + found.getValue().toStringUtf8();
    }

    String grant(long seconds) {
        var granted = LeaseGrpc.newBlockingStub(channel)
                .leaseGrant(LeaseGrantRequest.newBuilder().setTTL(seconds).build());
        return "lease %016x granted with TTL(%ds)".formatted(granted.getID(), granted.getTTL());
    }

    String putIfAbsent(String key, String value) {
        var done = kv.txn(TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .setTarget(Compare.CompareTarget.VERSION)
                        .setVersion(0))
                .addSuccess(RequestOp.newBuilder().setRequestPut(putOf(key, value)))
                .addFailure(RequestOp.newBuilder().setRequestRange(get(key)))
                .build());
        return done.getSucceeded() ? "SUCCESS" : "FAILURE";
    }

    String compact(long revision) {
        kv.compact(CompactionRequest.newBuilder().setRevision(revision).build());
        return "compacted revision " + revision;
    }

    String version() {
        return MaintenanceGrpc.newBlockingStub(channel)
                .status(StatusRequest.getDefaultInstance())
                .getVersion();
    }

    /// Goes on until this is closed; see `watched`.
    void watch(String key) {
        WatchGrpc.newStub(channel)
                .watch(new Changes())
                .onNext(WatchRequest.newBuilder()
                        .setCreateRequest(WatchCreateRequest.newBuilder().setKey(ByteString.copyFromUtf8(key)))
                        .build());
    }

    String watched() {
        return String.join("\n", watched);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static PutRequest putOf(String key, String value) {
        return PutRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8(key))
                .setValue(ByteString.copyFromUtf8(value))
                .build();
    }

    private static RangeRequest.Builder get(String key) {
        return RangeRequest.newBuilder().setKey(ByteString.copyFromUtf8(key));
    }

    private final class Changes implements StreamObserver<WatchResponse> {
        @Override
        public void onNext(WatchResponse response) {
            response.getEventsList()
                    .forEach(event -> watched.add(event.getType() + "\n"
                            + event.getKv().getKey().toStringUtf8() + "\n"
                            + event.getKv().getValue().toStringUtf8()));
        }

        @Override
        public void onError(Throwable end) {
            // The test misses what should have been told.
        }

        @Override
        public void onCompleted() {
            // The test misses what should have been told.
        }
    }
}
