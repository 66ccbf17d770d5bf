package io.metastore.e2e.wire;

import com.google.protobuf.ByteString;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import io.metastore.e2e.history.Call;
import io.metastore.e2e.history.Compare;
import io.metastore.e2e.history.Keys;

/// Calls as etcd's requests.
final class Requests {
    private Requests() {}

    static PutRequest put(Call.Put put) {
        return PutRequest.newBuilder()
                .setKey(bytes(put.key()))
                .setValue(bytes(put.value()))
                .setLease(put.lease())
                .setPrevKv(put.previous())
                .build();
    }

    static DeleteRangeRequest delete(Call.Delete delete) {
        return DeleteRangeRequest.newBuilder()
                .setKey(bytes(delete.keys().from()))
                .setRangeEnd(bytes(delete.keys().end()))
                .setPrevKv(delete.previous())
                .build();
    }

    static RangeRequest range(Call.Range range) {
        return RangeRequest.newBuilder()
                .setKey(bytes(range.keys().from()))
                .setRangeEnd(bytes(range.keys().end()))
                .setRevision(range.revision())
                .setLimit(range.limit())
                .setSerializable(range.serializable())
                .build();
    }

    static TxnRequest txn(Call.Txn txn) {
        var request = TxnRequest.newBuilder();
        txn.compares().forEach(compare -> request.addCompare(compare(compare)));
        txn.success().forEach(step -> request.addSuccess(step(step)));
        txn.failure().forEach(step -> request.addFailure(step(step)));
        return request.build();
    }

    static ByteString bytes(String text) {
        return ByteString.copyFromUtf8(text);
    }

    static Keys keys(ByteString from, ByteString end) {
        return new Keys(from.toStringUtf8(), end.toStringUtf8());
    }

    private static RequestOp step(Call.Step step) {
        var request = RequestOp.newBuilder();
        return switch (step) {
            case Call.Put put -> request.setRequestPut(put(put)).build();
            case Call.Delete delete ->
                request.setRequestDeleteRange(delete(delete)).build();
            case Call.Range range -> request.setRequestRange(range(range)).build();
        };
    }

    private static etcdserverpb.Compare compare(Compare compare) {
        var request = etcdserverpb.Compare.newBuilder()
                .setKey(bytes(compare.key()))
                .setResult(
                        switch (compare.relation()) {
                            case EQUAL -> etcdserverpb.Compare.CompareResult.EQUAL;
                            case NOT_EQUAL -> etcdserverpb.Compare.CompareResult.NOT_EQUAL;
                            case GREATER -> etcdserverpb.Compare.CompareResult.GREATER;
                            case LESS -> etcdserverpb.Compare.CompareResult.LESS;
                        });
        return switch (compare) {
            case Compare.Value value ->
                request.setTarget(etcdserverpb.Compare.CompareTarget.VALUE)
                        .setValue(bytes(value.operand()))
                        .build();
            case Compare.Count number -> number(request, number).build();
        };
    }

    private static etcdserverpb.Compare.Builder number(etcdserverpb.Compare.Builder request, Compare.Count number) {
        return switch (number.target()) {
            case VERSION ->
                request.setTarget(etcdserverpb.Compare.CompareTarget.VERSION).setVersion(number.operand());
            case CREATE ->
                request.setTarget(etcdserverpb.Compare.CompareTarget.CREATE).setCreateRevision(number.operand());
            case MOD ->
                request.setTarget(etcdserverpb.Compare.CompareTarget.MOD).setModRevision(number.operand());
            case LEASE ->
                request.setTarget(etcdserverpb.Compare.CompareTarget.LEASE).setLease(number.operand());
        };
    }
}
