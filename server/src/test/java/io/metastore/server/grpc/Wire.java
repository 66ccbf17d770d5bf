package io.metastore.server.grpc;

import com.google.protobuf.ByteString;
import etcdserverpb.Compare;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import io.metastore.server.model.Bytes;
import java.util.List;

/// Short ways to write etcd's messages.
final class Wire {
    private Wire() {}

    static ByteString text(String text) {
        return ByteString.copyFromUtf8(text);
    }

    static Bytes bytes(String text) {
        return Bytes.utf8(text);
    }

    static PutRequest put(String key, String value) {
        return PutRequest.newBuilder().setKey(text(key)).setValue(text(value)).build();
    }

    static RangeRequest get(String key) {
        return RangeRequest.newBuilder().setKey(text(key)).build();
    }

    static RangeRequest get(String key, String end) {
        return RangeRequest.newBuilder()
                .setKey(text(key))
                .setRangeEnd(text(end))
                .build();
    }

    static DeleteRangeRequest delete(String key, String end) {
        return DeleteRangeRequest.newBuilder()
                .setKey(text(key))
                .setRangeEnd(text(end))
                .build();
    }

    static RequestOp step(PutRequest put) {
        return RequestOp.newBuilder().setRequestPut(put).build();
    }

    static RequestOp step(RangeRequest range) {
        return RequestOp.newBuilder().setRequestRange(range).build();
    }

    static RequestOp step(DeleteRangeRequest delete) {
        return RequestOp.newBuilder().setRequestDeleteRange(delete).build();
    }

    static RequestOp step(TxnRequest transaction) {
        return RequestOp.newBuilder().setRequestTxn(transaction).build();
    }

    static TxnRequest transaction(List<RequestOp> success, List<RequestOp> failure) {
        return TxnRequest.newBuilder()
                .addAllSuccess(success)
                .addAllFailure(failure)
                .build();
    }

    static Compare.Builder compare(String key) {
        return Compare.newBuilder().setKey(text(key));
    }
}
