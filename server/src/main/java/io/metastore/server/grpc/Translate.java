package io.metastore.server.grpc;

import com.google.protobuf.ByteString;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Compare;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Operation;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Txn;

/// From etcd's messages to our requests. They have passed `RequestChecks`.
final class Translate {
    private Translate() {}

    static Bytes bytes(ByteString bytes) {
        return bytes.isEmpty() ? Bytes.EMPTY : Bytes.wrap(bytes.toByteArray());
    }

    /// etcd's way to write a range of keys.
    ///
    ///     key a, end empty   → only a            key a, end b    → a to b, without b
    ///     key a, end \0      → a and all above   key \0, end \0  → every key
    static KeyRange keys(ByteString key, ByteString end) {
        var from = bytes(key);
        if (end.isEmpty()) {
            return KeyRange.single(from);
        }
        boolean unbounded = end.size() == 1 && end.byteAt(0) == 0;
        return unbounded ? KeyRange.from(from) : new KeyRange(from, bytes(end));
    }

    static Range range(RangeRequest request) {
        return new Range(
                keys(request.getKey(), request.getRangeEnd()),
                Math.max(0, request.getLimit()),
                request.getRevision(),
                sort(request),
                detail(request),
                bounds(request),
                request.getSerializable());
    }

    static Put put(PutRequest request) {
        return new Put(
                bytes(request.getKey()),
                bytes(request.getValue()),
                LeaseId.of(request.getLease()),
                request.getPrevKv(),
                request.getIgnoreValue(),
                request.getIgnoreLease());
    }

    static DeleteRange delete(DeleteRangeRequest request) {
        return new DeleteRange(keys(request.getKey(), request.getRangeEnd()), request.getPrevKv());
    }

    static Txn transaction(TxnRequest request) {
        return new Txn(
                request.getCompareList().stream().map(Translate::compare).toList(),
                request.getSuccessList().stream().map(Translate::operation).toList(),
                request.getFailureList().stream().map(Translate::operation).toList());
    }

    private static Operation operation(RequestOp step) {
        return switch (step.getRequestCase()) {
            case REQUEST_RANGE -> range(step.getRequestRange());
            case REQUEST_PUT -> put(step.getRequestPut());
            case REQUEST_DELETE_RANGE -> delete(step.getRequestDeleteRange());
            case REQUEST_TXN -> transaction(step.getRequestTxn());
            case REQUEST_NOT_SET -> throw new IllegalArgumentException("a step without an operation was let through");
        };
    }

    /// A number that stands for no relation always holds, and a number that stands for no target is always equal:
    /// etcd looks at neither before it compares.
    static Compare compare(etcdserverpb.Compare compare) {
        var keys = keys(compare.getKey(), compare.getRangeEnd());
        boolean isValue = compare.getTarget() == etcdserverpb.Compare.CompareTarget.VALUE;
        return switch (compare.getResult()) {
            case EQUAL -> compare(keys, Compare.Relation.EQUAL, compare);
            case GREATER -> compare(keys, Compare.Relation.GREATER, compare);
            case LESS -> compare(keys, Compare.Relation.LESS, compare);
            case NOT_EQUAL -> compare(keys, Compare.Relation.NOT_EQUAL, compare);
            case UNRECOGNIZED -> isValue ? exists(keys) : constant(keys, true);
        };
    }

    private static Compare compare(KeyRange keys, Compare.Relation relation, etcdserverpb.Compare compare) {
        return switch (compare.getTarget()) {
            case VERSION -> new Compare(keys, relation, new Compare.Target.Version(compare.getVersion()));
            case CREATE -> new Compare(keys, relation, new Compare.Target.CreateRevision(compare.getCreateRevision()));
            case MOD -> new Compare(keys, relation, new Compare.Target.ModRevision(compare.getModRevision()));
            case VALUE -> new Compare(keys, relation, new Compare.Target.Value(bytes(compare.getValue())));
            case LEASE -> new Compare(keys, relation, new Compare.Target.Lease(LeaseId.of(compare.getLease())));
            case UNRECOGNIZED -> constant(keys, relation.holds(0));
        };
    }

    private static Compare exists(KeyRange keys) {
        return new Compare(keys, Compare.Relation.GREATER, new Compare.Target.Version(0));
    }

    private static Compare constant(KeyRange keys, boolean holds) {
        var relation = holds ? Compare.Relation.GREATER : Compare.Relation.LESS;
        return new Compare(keys, relation, new Compare.Target.Version(Long.MIN_VALUE));
    }

    private static Range.Sort sort(RangeRequest request) {
        var order = switch (request.getSortOrder()) {
            case NONE -> Range.Sort.Order.NONE;
            case ASCEND -> Range.Sort.Order.ASCEND;
            case DESCEND -> Range.Sort.Order.DESCEND;
            case UNRECOGNIZED -> throw unchecked(request.getSortOrderValue());
        };
        var target = switch (request.getSortTarget()) {
            case KEY -> Range.Sort.Target.KEY;
            case VERSION -> Range.Sort.Target.VERSION;
            case CREATE -> Range.Sort.Target.CREATE;
            case MOD -> Range.Sort.Target.MOD;
            case VALUE -> Range.Sort.Target.VALUE;
            case UNRECOGNIZED -> throw unchecked(request.getSortTargetValue());
        };
        boolean usual = order == Range.Sort.NONE.order() && target == Range.Sort.NONE.target();
        return usual ? Range.Sort.NONE : new Range.Sort(order, target);
    }

    private static IllegalArgumentException unchecked(int number) {
        return new IllegalArgumentException("a sort option was let through: " + number);
    }

    private static Range.Detail detail(RangeRequest request) {
        if (request.getCountOnly()) {
            return Range.Detail.COUNT_ONLY;
        }
        return request.getKeysOnly() ? Range.Detail.KEYS_ONLY : Range.Detail.FULL;
    }

    private static Range.RevisionBounds bounds(RangeRequest request) {
        long minMod = request.getMinModRevision();
        long maxMod = request.getMaxModRevision();
        long minCreate = request.getMinCreateRevision();
        long maxCreate = request.getMaxCreateRevision();
        return (minMod | maxMod | minCreate | maxCreate) == 0
                ? Range.RevisionBounds.NONE
                : new Range.RevisionBounds(minMod, maxMod, minCreate, maxCreate);
    }
}
