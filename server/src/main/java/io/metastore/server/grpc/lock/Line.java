package io.metastore.server.grpc.lock;

import com.google.protobuf.ByteString;
import etcdserverpb.Compare;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.RangeResponse;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import etcdserverpb.TxnResponse;
import etcdserverpb.WatchCreateRequest;
import io.grpc.StatusException;
import mvccpb.Event;
import mvccpb.KeyValue;

/// A line of those who want the same thing: keys below a name, each named after a lease, ordered by when they were
/// created. The first has it; each other waits for the one before it to go.
///
///     name "jobs":  jobs/6d1f (created at 5)  ←  jobs/70a2 (at 9) waits for the deletion of jobs/6d1f
///
/// Source: mutexes and elections of etcd's concurrency package, whose keys these are too.
final class Line {
    private final Store store;
    private final ByteString prefix;

    Line(Store store, ByteString name) {
        this.store = store;
        this.prefix = name.concat(ByteString.copyFromUtf8("/"));
    }

    /// The key with which the holder of a lease stands in line. Go writes a negative number's sign before its
    /// digits.
    ByteString key(long lease) {
        var digits = lease < 0 ? "-" + Long.toHexString(-lease) : Long.toHexString(lease);
        return prefix.concat(ByteString.copyFromUtf8(digits));
    }

    /// Asks for the first in line.
    RangeRequest first() {
        return below().setSortOrder(RangeRequest.SortOrder.ASCEND).build();
    }

    /// Enters the line with `key`, unless it is in it already.
    ///
    /// @param also what else is asked in the same transaction, in either case
    TxnResponse enter(ByteString key, ByteString value, long lease, RangeRequest... also) throws StatusException {
        var request = TxnRequest.newBuilder()
                .addCompare(created(key, 0))
                .addSuccess(put(key, value, lease))
                .addFailure(get(RangeRequest.newBuilder().setKey(key).build()));
        for (var range : also) {
            request.addSuccess(get(range)).addFailure(get(range));
        }
        return store.txn(request.build());
    }

    /// The revision that gives the one who entered with this answer its place.
    static long place(TxnResponse entered) {
        return entered.getSucceeded()
                ? entered.getHeader().getRevision()
                : own(entered).getCreateRevision();
    }

    /// The key of one who was in line already.
    static KeyValue own(TxnResponse entered) {
        return entered.getResponses(0).getResponseRange().getKvs(0);
    }

    /// Waits until nobody is before `place`. Each time only for the last of those before, so that a key which goes
    /// wakes one waiter.
    void awaitTurn(long place) throws StatusException, InterruptedException {
        var before = below().setSortOrder(RangeRequest.SortOrder.DESCEND)
                .setMaxCreateRevision(place - 1)
                .build();
        RangeResponse last = store.range(before);
        while (last.getKvsCount() > 0) {
            awaitDeletion(last.getKvs(0).getKey(), last.getHeader().getRevision());
            last = store.range(before);
        }
    }

    private void awaitDeletion(ByteString key, long since) throws StatusException, InterruptedException {
        try (var watching = store.watch(WatchCreateRequest.newBuilder()
                .setKey(key)
                .setStartRevision(since)
                .build())) {
            while (watching.next().getEventsList().stream()
                    .noneMatch(event -> event.getType() == Event.EventType.DELETE)) {
                // Puts of the key do not matter.
            }
        }
    }

    /// Watches the whole line from `since` on.
    WatchCreateRequest everyone(long since) {
        return WatchCreateRequest.newBuilder()
                .setKey(prefix)
                .setRangeEnd(end())
                .setStartRevision(since)
                .build();
    }

    static Compare created(ByteString key, long revision) {
        return Compare.newBuilder()
                .setTarget(Compare.CompareTarget.CREATE)
                .setResult(Compare.CompareResult.EQUAL)
                .setKey(key)
                .setCreateRevision(revision)
                .build();
    }

    static RequestOp put(ByteString key, ByteString value, long lease) {
        return RequestOp.newBuilder()
                .setRequestPut(
                        PutRequest.newBuilder().setKey(key).setValue(value).setLease(lease))
                .build();
    }

    private static RequestOp get(RangeRequest range) {
        return RequestOp.newBuilder().setRequestRange(range).build();
    }

    private RangeRequest.Builder below() {
        return RangeRequest.newBuilder()
                .setKey(prefix)
                .setRangeEnd(end())
                .setSortTarget(RangeRequest.SortTarget.CREATE)
                .setLimit(1);
    }

    /// What follows the slash in the order of bytes is the digit 0.
    private ByteString end() {
        return prefix.substring(0, prefix.size() - 1).concat(ByteString.copyFromUtf8("0"));
    }
}
