package io.metastore.server.grpc;

import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.RequestOp;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Finds in one branch of a transaction the keys that would be put twice, or put and deleted, since all changes of a
/// transaction have one revision.
///
///     put a, put a                       → duplicate
///     delete [a, c), put b               → duplicate
///     delete [a, c), delete b            → fine
///     txn(then put a, else put a)        → fine: only one of them runs
///
/// Source: the interval check of etcd's KV service; like there, a delete that is written "from this key on" (the
/// range end `\0`) hides no put.
final class DuplicateKeys {
    private final Set<Bytes> puts = new HashSet<>();
    private final KeySpans deletes = new KeySpans();

    private DuplicateKeys() {}

    static boolean in(List<RequestOp> branch) {
        return !new DuplicateKeys().addBranch(branch);
    }

    /// Adds the keys of `branch` and of all transactions in it.
    ///
    /// @return false when a key occurs twice; this object is then of no further use
    private boolean addBranch(List<RequestOp> branch) {
        for (var operation : branch) {
            if (operation.hasRequestDeleteRange()) {
                deletes.add(range(operation.getRequestDeleteRange()));
            }
        }
        for (var operation : branch) {
            if (operation.hasRequestTxn() && !addTransaction(operation)) {
                return false;
            }
        }
        for (var operation : branch) {
            if (operation.hasRequestPut()
                    && !addPut(Translate.bytes(operation.getRequestPut().getKey()))) {
                return false;
            }
        }
        return true;
    }

    private boolean addTransaction(RequestOp operation) {
        var success = new DuplicateKeys();
        var failure = new DuplicateKeys();
        var transaction = operation.getRequestTxn();
        if (!success.addBranch(transaction.getSuccessList()) || !failure.addBranch(transaction.getFailureList())) {
            return false;
        }
        for (var key : success.puts) {
            if (!addPut(key)) {
                return false;
            }
        }
        for (var key : failure.puts) {
            if (!success.puts.contains(key) && !addPut(key)) {
                return false;
            }
        }
        deletes.addAll(success.deletes);
        deletes.addAll(failure.deletes);
        return true;
    }

    private boolean addPut(Bytes key) {
        return !deletes.contains(key) && puts.add(key);
    }

    private static KeyRange range(DeleteRangeRequest request) {
        var key = Translate.bytes(request.getKey());
        return request.getRangeEnd().isEmpty()
                ? KeyRange.single(key)
                : new KeyRange(key, Translate.bytes(request.getRangeEnd()));
    }
}
