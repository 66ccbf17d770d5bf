package io.metastore.server.fault;

import com.google.protobuf.ByteString;
import etcdserverpb.Compare;
import etcdserverpb.Compare.CompareTarget;
import etcdserverpb.KVGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.RangeResponse;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.metastore.server.fault.Operation.Answer;
import io.metastore.server.fault.Operation.Call;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One client of a workload: asks one member until a call fails, then the next one. It never repeats a call, since a
/// lost answer does not say that the call did not happen.
final class Client implements AutoCloseable {
    private static final Duration CALL_LIMIT = Duration.ofSeconds(2);

    private final List<ManagedChannel> members;
    private int current;

    /// @param first the member to begin with
    Client(List<String> endpoints, int first) {
        members = endpoints.stream()
                .map(endpoint ->
                        ManagedChannelBuilder.forTarget(endpoint).usePlaintext().build())
                .toList();
        current = first % members.size();
    }

    Answer ask(Call call) {
        var channel = members.get(current);
        var store = KVGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return switch (call) {
                case Call.Put put -> put(store, put);
                case Call.Swap swap -> swap(store, swap);
                case Call.Read read -> seen(store.range(range(read.key())), 0);
            };
        } catch (StatusRuntimeException _) {
            current = (current + 1) % members.size();
            members.get(current).resetConnectBackoff();
            return new Answer.Lost();
        }
    }

    @Override
    public void close() {
        members.forEach(ManagedChannel::shutdownNow);
    }

    private static Answer put(KVGrpc.KVBlockingStub store, Call.Put put) {
        var answer = store.put(putRequest(put.key(), put.value()));
        return new Answer.Written(answer.getHeader().getRevision());
    }

    private static Answer swap(KVGrpc.KVBlockingStub store, Call.Swap swap) {
        var answer = store.txn(TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setKey(bytes(swap.key()))
                        .setTarget(CompareTarget.MOD)
                        .setModRevision(swap.expected()))
                .addSuccess(RequestOp.newBuilder().setRequestPut(putRequest(swap.key(), swap.value())))
                .addFailure(RequestOp.newBuilder().setRequestRange(range(swap.key())))
                .build());
        long revision = answer.getHeader().getRevision();
        return answer.getSucceeded()
                ? new Answer.Written(revision)
                : seen(answer.getResponses(0).getResponseRange(), revision);
    }

    private static Answer.Seen seen(RangeResponse answer, long revision) {
        var version = answer.getKvsCount() == 0 ? Version.NONE : Version.of(answer.getKvs(0));
        return new Answer.Seen(Math.max(revision, answer.getHeader().getRevision()), version);
    }

    private static PutRequest putRequest(String key, String value) {
        return PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value)).build();
    }

    private static RangeRequest range(String key) {
        return RangeRequest.newBuilder().setKey(bytes(key)).build();
    }

    private static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }
}
