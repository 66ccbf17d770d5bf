package io.metastore.server.member;

import com.google.protobuf.ByteString;
import etcdserverpb.KVGrpc;
import etcdserverpb.PutRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Clients that write all the time, each one key after another and never one twice, until they are closed.
final class SteadyWriters implements AutoCloseable {
    private static final Set<Status.Code> OF_THE_TIMES = Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private final ManagedChannel channel;
    private final List<Thread> clients;
    private volatile boolean closed;

    /// Starts as many clients over this channel.
    SteadyWriters(ManagedChannel channel, int clients) {
        this.channel = channel;
        this.clients = IntStream.range(0, clients)
                .mapToObj(client -> Thread.startVirtualThread(() -> write(client)))
                .toList();
    }

    /// Keys whose writes were acknowledged.
    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    int count() {
        return acknowledged.size();
    }

    /// Errors that no change of members explains.
    List<String> unexpected() {
        return List.copyOf(unexpected);
    }

    @Override
    public void close() {
        stop();
    }

    /// Returns when all clients have ended.
    void stop() {
        closed = true;
        for (var client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while writers end", e);
            }
        }
    }

    private void write(int client) {
        for (int number = 0; !closed; number++) {
            var key = "w/%02d/%06d".formatted(client, number);
            try {
                var _ = KVGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(20, TimeUnit.SECONDS)
                        .put(PutRequest.newBuilder()
                                .setKey(ByteString.copyFromUtf8(key))
                                .build());
                acknowledged.add(key);
            } catch (StatusRuntimeException e) {
                if (!OF_THE_TIMES.contains(e.getStatus().getCode())) {
                    unexpected.add(key + ": " + e.getStatus());
                }
            }
        }
    }
}
