package io.metastore.server.raft.codec;

import com.google.protobuf.ByteString;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Compare;
import io.metastore.server.request.Compare.Target;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Range.RevisionBounds;
import io.metastore.server.request.Range.Sort;
import io.metastore.server.request.Txn;

/// From messages to the steps of a transaction.
final class OperationDecoder {
    private OperationDecoder() {}

    static Put put(io.metastore.proto.command.v1.Put message) {
        return new Put(
                bytes(message.getKey()),
                bytes(message.getValue()),
                LeaseId.of(message.getLease()),
                message.getPrevious(),
                message.getKeepValue(),
                message.getKeepLease());
    }

    static DeleteRange deleteRange(io.metastore.proto.command.v1.DeleteRange message) {
        return new DeleteRange(range(message.getKeys()), message.getPrevious());
    }

    static Txn txn(io.metastore.proto.command.v1.Txn message) {
        return new Txn(
                message.getComparesList().stream()
                        .map(OperationDecoder::compare)
                        .toList(),
                message.getSuccessList().stream()
                        .map(OperationDecoder::operation)
                        .toList(),
                message.getFailureList().stream()
                        .map(OperationDecoder::operation)
                        .toList());
    }

    private static Operation operation(io.metastore.proto.command.v1.Operation message) {
        return switch (message.getKindCase()) {
            case RANGE -> range(message.getRange());
            case PUT -> put(message.getPut());
            case DELETE_RANGE -> deleteRange(message.getDeleteRange());
            case TXN -> txn(message.getTxn());
            case KIND_NOT_SET -> throw new IllegalArgumentException("an operation of an unknown kind");
        };
    }

    private static Range range(io.metastore.proto.command.v1.Range message) {
        return new Range(
                range(message.getKeys()),
                message.getLimit(),
                message.getRevision(),
                new Sort(Numbers.order(message.getSortOrder()), Numbers.target(message.getSortTarget())),
                Numbers.detail(message.getDetail()),
                new RevisionBounds(
                        message.getMinModRevision(),
                        message.getMaxModRevision(),
                        message.getMinCreateRevision(),
                        message.getMaxCreateRevision()),
                message.getSerializable());
    }

    private static Compare compare(io.metastore.proto.command.v1.Compare message) {
        return new Compare(range(message.getKeys()), Numbers.relation(message.getRelation()), target(message));
    }

    private static Target target(io.metastore.proto.command.v1.Compare message) {
        return switch (message.getTargetCase()) {
            case VERSION -> new Target.Version(message.getVersion());
            case CREATE_REVISION -> new Target.CreateRevision(message.getCreateRevision());
            case MOD_REVISION -> new Target.ModRevision(message.getModRevision());
            case VALUE -> new Target.Value(bytes(message.getValue()));
            case LEASE -> new Target.Lease(LeaseId.of(message.getLease()));
            case TARGET_NOT_SET -> throw new IllegalArgumentException("a comparison without a target");
        };
    }

    private static KeyRange range(io.metastore.proto.command.v1.KeyRange message) {
        return new KeyRange(bytes(message.getFrom()), bytes(message.getTo()));
    }

    private static Bytes bytes(ByteString bytes) {
        return Bytes.wrap(bytes.toByteArray());
    }
}
