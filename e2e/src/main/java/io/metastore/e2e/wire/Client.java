package io.metastore.e2e.wire;

import etcdserverpb.CompactionRequest;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.LeaseKeepAliveRequest;
import etcdserverpb.LeaseKeepAliveResponse;
import etcdserverpb.LeaseRevokeRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import io.metastore.e2e.history.Answer;
import io.metastore.e2e.history.Answer.Reason;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.History;
import io.metastore.e2e.history.Operation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One client: asks one member until an answer is lost, then the next one. All that it asks is recorded.
public final class Client implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /// After so many calls it goes back to the member with which it began, or faults would gather all
    /// clients at one.
    private static final int STAY = 50;

    private final int number;
    private final List<String> endpoints;
    private final List<ManagedChannel> members;
    private final History history;
    private int current;
    private long calls;

    /// @param number of the client, from 0; it begins with the member of that number
    public Client(int number, List<String> endpoints, History history) {
        this.number = number;
        this.endpoints = List.copyOf(endpoints);
        this.history = history;
        members = endpoints.stream().map(Channel::to).toList();
        current = number % members.size();
    }

    public int number() {
        return number;
    }

    /// Asks once. It takes some seconds at most.
    public Answer ask(Call call) {
        if (++calls % STAY == 0) {
            current = number % members.size();
        }
        long start = history.now();
        var answer = answer(call);
        history.add(new Operation(number, endpoints.get(current), start, history.now(), call, answer));
        if (answer instanceof Answer.Lost) {
            current = (current + 1) % members.size();
            members.get(current).resetConnectBackoff();
        }
        return answer;
    }

    @Override
    public void close() {
        members.forEach(ManagedChannel::shutdownNow);
    }

    private Answer answer(Call call) {
        var channel = members.get(current);
        var store = KVGrpc.newBlockingStub(channel).withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        var leases = LeaseGrpc.newBlockingStub(channel).withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return switch (call) {
                case Call.Put put -> Answers.put(store.put(Requests.put(put)));
                case Call.Delete delete -> Answers.delete(store.deleteRange(Requests.delete(delete)));
                case Call.Range range -> Answers.range(store.range(Requests.range(range)));
                case Call.Txn txn -> Answers.txn(store.txn(Requests.txn(txn)));
                case Call.Grant(long lease, long seconds) ->
                    Answers.done(leases.leaseGrant(LeaseGrantRequest.newBuilder()
                                    .setID(lease)
                                    .setTTL(seconds)
                                    .build())
                            .getHeader()
                            .getRevision());
                case Call.Revoke(long lease) ->
                    Answers.done(leases.leaseRevoke(
                                    LeaseRevokeRequest.newBuilder().setID(lease).build())
                            .getHeader()
                            .getRevision());
                case Call.KeepAlive(long lease) -> keepAlive(channel, lease);
                case Call.Compact(long revision) ->
                    Answers.done(store.compact(CompactionRequest.newBuilder()
                                    .setRevision(revision)
                                    .build())
                            .getHeader()
                            .getRevision());
            };
        } catch (StatusRuntimeException e) {
            return Answers.error(e.getStatus());
        }
    }

    /// The revision of the answer is left out: a follower tells its own, which may be an old one.
    private static Answer keepAlive(ManagedChannel channel, long lease) {
        var options = io.grpc.CallOptions.DEFAULT.withDeadlineAfter(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        BlockingClientCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> call =
                ClientCalls.blockingBidiStreamingCall(channel, LeaseGrpc.getLeaseKeepAliveMethod(), options);
        try {
            call.write(LeaseKeepAliveRequest.newBuilder().setID(lease).build());
            call.halfClose();
            var answer = call.read();
            if (answer == null) {
                return new Answer.Lost("the stream ended");
            }
            return answer.getTTL() > 0 ? Answers.done(0) : new Answer.Refused(Reason.LEASE_NOT_FOUND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Lost("interrupted");
        } catch (io.grpc.StatusException e) {
            return Answers.error(e.getStatus());
        } finally {
            call.cancel("answered", Status.CANCELLED.asException());
        }
    }
}
