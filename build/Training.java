import com.google.protobuf.ByteString;
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
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The work of a training run, once the members answer: clients that put, read, watch, compare and keep leases alive,
/// while the first member leads and while it follows. Run by `build/train` with the server's class path:
/// `Training.java HOST:PORT=PID ...`, the member that is trained first.
private static final Duration PATIENCE = Duration.ofSeconds(60);
private static final Duration WORK = Duration.ofSeconds(10);
private static final int CLIENTS = 32;
private static final int KEYS = 10_000;
private static final ByteString VALUE = ByteString.copyFrom(new byte[256]);

private record Member(ManagedChannel channel, String pid) {
    static Member of(String argument) {
        var parts = argument.split("=");
        return new Member(ManagedChannelBuilder.forTarget(parts[0]).usePlaintext().build(), parts[1]);
    }

    /// Whether it leads; empty when it does not answer, or knows of no leader.
    Optional<Boolean> leads() {
        try {
            var status = MaintenanceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(1, TimeUnit.SECONDS)
                    .status(StatusRequest.getDefaultInstance());
            return status.getLeader() == 0
                    ? Optional.empty()
                    : Optional.of(status.getLeader() == status.getHeader().getMemberId());
        } catch (StatusRuntimeException e) {
            return Optional.empty();
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
    }
}

void main(String[] arguments) throws Exception {
    var members = Stream.of(arguments).map(Member::of).toList();
    try {
        for (var member : members) {
            awaitServer(member.channel());
        }
        watchAll(members.getFirst().channel());
        work(members);
        changeRole(members);
        work(members);
    } finally {
        members.forEach(member -> member.channel().shutdownNow());
    }
}

void work(List<Member> members) throws Exception {
    var end = Instant.now().plus(WORK);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
        var work = new ArrayList<Callable<Void>>();
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            work.add(() -> workUntil(end, members.get(number % members.size()).channel(), number));
        }
        for (Future<Void> finished : clients.invokeAll(work)) {
            finished.get();
        }
    }
}

/// Pauses leaders until the first member leads if it did not, or does not if it did. Every other time the wrong one of
/// the two that are left is elected; after some attempts the first member has learned enough.
void changeRole(List<Member> members) throws Exception {
    boolean led = isTrue(members.getFirst().leads());
    for (int tries = 0; tries < 6 && isTrue(members.getFirst().leads()) == led; tries++) {
        var leader = members.stream().filter(member -> isTrue(member.leads())).findFirst();
        if (leader.isPresent()) {
            var paused = leader.orElseThrow();
            paused.signal("STOP");
            var limit = Instant.now().plus(PATIENCE);
            while (members.stream().noneMatch(member -> member != paused && isTrue(member.leads()))
                    && Instant.now().isBefore(limit)) {
                Thread.sleep(100);
            }
            paused.signal("CONT");
        }
    }
    for (var member : members) {
        awaitServer(member.channel());
    }
}

boolean isTrue(Optional<Boolean> answer) {
    return answer.orElse(false);
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
