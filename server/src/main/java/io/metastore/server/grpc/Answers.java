package io.metastore.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import etcdserverpb.DeleteRangeResponse;
import etcdserverpb.PutResponse;
import etcdserverpb.RangeResponse;
import etcdserverpb.ResponseHeader;
import etcdserverpb.ResponseOp;
import etcdserverpb.TxnResponse;
import io.metastore.server.model.Bytes;
import io.metastore.server.request.Outcome.DeleteDone;
import io.metastore.server.request.Outcome.PutDone;
import io.metastore.server.request.Outcome.RangeDone;
import io.metastore.server.request.Outcome.Result;
import io.metastore.server.request.Outcome.TxnDone;
import mvccpb.KeyValue;

/// From our results to etcd's messages. A whole answer has the header it is given; the answer of a step inside a
/// transaction has one with nothing but the revision, and that of a transaction inside another has an empty one.
final class Answers {
    private Answers() {}

    static ByteString bytes(Bytes bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.shared());
    }

    static KeyValue keyValue(io.metastore.server.model.KeyValue version) {
        return KeyValue.newBuilder()
                .setKey(bytes(version.key()))
                .setCreateRevision(version.createRevision())
                .setModRevision(version.modRevision())
                .setVersion(version.version())
                .setValue(bytes(version.value()))
                .setLease(version.lease().number())
                .build();
    }

    static RangeResponse range(RangeDone done, ResponseHeader header) {
        var response = RangeResponse.newBuilder()
                .setHeader(header)
                .setMore(done.more())
                .setCount(done.count());
        for (var keyValue : done.keyValues()) {
            response.addKvs(keyValue(keyValue));
        }
        return response.build();
    }

    static PutResponse put(PutDone done, ResponseHeader header) {
        var response = PutResponse.newBuilder().setHeader(header);
        for (var previous : done.previous()) {
            response.setPrevKv(keyValue(previous));
        }
        return response.build();
    }

    static DeleteRangeResponse delete(DeleteDone done, ResponseHeader header) {
        var response = DeleteRangeResponse.newBuilder().setHeader(header).setDeleted(done.deleted());
        for (var previous : done.previous()) {
            response.addPrevKvs(keyValue(previous));
        }
        return response.build();
    }

    static TxnResponse transaction(TxnDone done, ResponseHeader header) {
        var response = TxnResponse.newBuilder().setHeader(header).setSucceeded(done.succeeded());
        for (var result : done.results()) {
            response.addResponses(step(result));
        }
        return response.build();
    }

    private static ResponseOp step(Result result) {
        var response = ResponseOp.newBuilder();
        return switch (result) {
            case RangeDone done ->
                response.setResponseRange(range(done, revisionOnly(done.revision())))
                        .build();
            case PutDone done ->
                response.setResponsePut(put(done, revisionOnly(done.revision())))
                        .build();
            case DeleteDone done ->
                response.setResponseDeleteRange(delete(done, revisionOnly(done.revision())))
                        .build();
            case TxnDone done ->
                response.setResponseTxn(transaction(done, ResponseHeader.getDefaultInstance()))
                        .build();
        };
    }

    private static ResponseHeader revisionOnly(long revision) {
        return ResponseHeader.newBuilder().setRevision(revision).build();
    }
}
