import com.google.protobuf.ByteString;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.LeaseKeepAliveRequest;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import etcdserverpb.WatchCreateRequest;
import etcdserverpb.WatchGrpc;
import etcdserverpb.WatchRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// The work of a training run, once the server answers: clients that put, read, watch, compare and keep leases alive.
/// Run by `build/train` with the server's class path: `Training.java HOST:PORT`.
private static final Duration PATIENCE = Duration.ofSeconds(60);
private static final Duration WORK = Duration.ofSeconds(12);
private static final int CLIENTS = 32;
private static final int KEYS = 10_000;
private static final ByteString VALUE = ByteString.copyFrom(new byte[256]);

void main(String[] arguments) throws Exception {
    var channels = IntStream.range(0, 4)
            .mapToObj(_ -> (ManagedChannel) ManagedChannelBuilder.forTarget(arguments[0]).usePlaintext().build())
            .toList();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        awaitServer(channels.getFirst());
        watchAll(channels.getFirst());
        var work = new ArrayList<Callable<Void>>();
        var end = Instant.now().plus(WORK);
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            work.add(() -> workUntil(end, channels.get(number % channels.size()), number));
        }
        for (Future<Void> finished : clients.invokeAll(work)) {
            finished.get();
        }
    } finally {
        channels.forEach(ManagedChannel::shutdownNow);
    }
}

void awaitServer(ManagedChannel channel) throws InterruptedException {
    var limit = Instant.now().plus(PATIENCE);
    while (true) {
        try {
            KVGrpc.newBlockingStub(channel).put(put(0));
            return;
        } catch (StatusRuntimeException e) {
            if (Instant.now().isAfter(limit)) {
                throw e;
            }
            Thread.sleep(100);
        }
    }
}

void watchAll(ManagedChannel channel) {
    var create = WatchCreateRequest.newBuilder().setKey(key(0)).setRangeEnd(ByteString.copyFromUtf8("l"));
    WatchGrpc.newStub(channel)
            .watch(ignoring())
            .onNext(WatchRequest.newBuilder().setCreateRequest(create).build());
}

Void workUntil(Instant end, ManagedChannel channel, int seed) {
    var store = KVGrpc.newBlockingStub(channel);
    var lease = LeaseGrpc.newBlockingStub(channel).leaseGrant(LeaseGrantRequest.newBuilder().setTTL(60).build());
    var keepAlive = LeaseGrpc.newStub(channel).leaseKeepAlive(ignoring());
    for (int round = seed; Instant.now().isBefore(end); round += CLIENTS) {
        store.put(put(round));
        store.range(RangeRequest.newBuilder().setKey(key(round)).build());
        store.range(RangeRequest.newBuilder().setKey(key(round)).setSerializable(true).build());
        if (round % 10 == 0) {
            store.txn(TxnRequest.newBuilder().addAllSuccess(List.of(operation(round), operation(round + 1))).build());
            store.range(RangeRequest.newBuilder().setKey(key(round)).setRangeEnd(key(KEYS)).setLimit(100).build());
            store.deleteRange(DeleteRangeRequest.newBuilder().setKey(key(round + 5)).build());
            keepAlive.onNext(LeaseKeepAliveRequest.newBuilder().setID(lease.getID()).build());
        }
    }
    keepAlive.onCompleted();
    return null;
}

RequestOp operation(int number) {
    return RequestOp.newBuilder().setRequestPut(put(number)).build();
}

PutRequest put(int number) {
    return PutRequest.newBuilder().setKey(key(number)).setValue(VALUE).build();
}

ByteString key(int number) {
    return ByteString.copyFromUtf8("key-%08d".formatted(number % KEYS));
}

<T> StreamObserver<T> ignoring() {
    return new StreamObserver<>() {
        @Override
        public void onNext(T answer) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
    };
}
