package io.metastore.server.raft.codec;

import com.google.protobuf.ByteString;
import io.metastore.proto.command.v1.Compare;
import io.metastore.proto.command.v1.DeleteRange;
import io.metastore.proto.command.v1.KeyRange;
import io.metastore.proto.command.v1.Operation;
import io.metastore.proto.command.v1.Put;
import io.metastore.proto.command.v1.Range;
import io.metastore.proto.command.v1.Txn;
import io.metastore.server.model.Bytes;
import io.metastore.server.request.Compare.Target;

/// From the steps of a transaction to their messages.
final class OperationEncoder {
    private OperationEncoder() {}

    static Put put(io.metastore.server.request.Put put) {
        return Put.newBuilder()
                .setKey(bytes(put.key()))
                .setValue(bytes(put.value()))
                .setLease(put.lease().number())
                .setPrevious(put.previous())
                .setKeepValue(put.keepValue())
                .setKeepLease(put.keepLease())
                .build();
    }

    static DeleteRange deleteRange(io.metastore.server.request.DeleteRange delete) {
        return DeleteRange.newBuilder()
                .setKeys(range(delete.keys()))
                .setPrevious(delete.previous())
                .build();
    }

    static Txn txn(io.metastore.server.request.Txn txn) {
        var message = Txn.newBuilder();
        txn.compares().forEach(compare -> message.addCompares(compare(compare)));
        txn.success().forEach(operation -> message.addSuccess(operation(operation)));
        txn.failure().forEach(operation -> message.addFailure(operation(operation)));
        return message.build();
    }

    private static Operation operation(io.metastore.server.request.Operation operation) {
        var message = Operation.newBuilder();
        return switch (operation) {
            case io.metastore.server.request.Range range ->
                message.setRange(range(range)).build();
            case io.metastore.server.request.Put put -> message.setPut(put(put)).build();
            case io.metastore.server.request.DeleteRange delete ->
                message.setDeleteRange(deleteRange(delete)).build();
            case io.metastore.server.request.Txn txn -> message.setTxn(txn(txn)).build();
        };
    }

    private static Range range(io.metastore.server.request.Range range) {
        return Range.newBuilder()
                .setKeys(range(range.keys()))
                .setLimit(range.limit())
                .setRevision(range.revision())
                .setSortOrder(Numbers.of(range.sort().order()))
                .setSortTarget(Numbers.of(range.sort().target()))
                .setDetail(Numbers.of(range.detail()))
                .setMinModRevision(range.bounds().minMod())
                .setMaxModRevision(range.bounds().maxMod())
                .setMinCreateRevision(range.bounds().minCreate())
                .setMaxCreateRevision(range.bounds().maxCreate())
                .setSerializable(range.serializable())
                .build();
    }

    private static Compare compare(io.metastore.server.request.Compare compare) {
        var message = Compare.newBuilder().setKeys(range(compare.keys())).setRelation(Numbers.of(compare.relation()));
        return switch (compare.target()) {
            case Target.Version(var version) -> message.setVersion(version).build();
            case Target.CreateRevision(var revision) ->
                message.setCreateRevision(revision).build();
            case Target.ModRevision(var revision) ->
                message.setModRevision(revision).build();
            case Target.Value(var value) -> message.setValue(bytes(value)).build();
            case Target.Lease(var lease) -> message.setLease(lease.number()).build();
        };
    }

    private static KeyRange range(io.metastore.server.model.KeyRange keys) {
        return KeyRange.newBuilder()
                .setFrom(bytes(keys.from()))
                .setTo(bytes(keys.to()))
                .build();
    }

    private static ByteString bytes(Bytes bytes) {
        return EntryCodec.wrap(bytes.shared());
    }
}
