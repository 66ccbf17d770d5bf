package io.metastore.server.grpc;

import etcdserverpb.Compare;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import java.util.List;
import java.util.Optional;

/// What etcd checks of the fields of a request before it does anything, in etcd's order: of several faults the
/// client hears of the same one.
///
/// Every method returns the first fault, or nothing for a request that may go on.
final class RequestChecks {
    private final int maxTransactionOperations;

    /// @param maxTransactionOperations how many compares, and how many steps a branch, a transaction may have
    RequestChecks(int maxTransactionOperations) {
        this.maxTransactionOperations = maxTransactionOperations;
    }

    static Optional<EtcdError> range(RangeRequest request) {
        if (request.getKey().isEmpty()) {
            return Optional.of(EtcdError.EMPTY_KEY);
        }
        boolean unknownSort = request.getSortOrder() == RangeRequest.SortOrder.UNRECOGNIZED
                || request.getSortTarget() == RangeRequest.SortTarget.UNRECOGNIZED;
        return unknownSort ? Optional.of(EtcdError.INVALID_SORT_OPTION) : Optional.empty();
    }

    static Optional<EtcdError> rangeStream(RangeRequest request) {
        var fault = range(request);
        if (fault.isPresent()) {
            return fault;
        }
        boolean keyOrder = request.getSortOrder() == RangeRequest.SortOrder.NONE
                || (request.getSortOrder() == RangeRequest.SortOrder.ASCEND
                        && request.getSortTarget() == RangeRequest.SortTarget.KEY);
        if (!keyOrder) {
            return Optional.of(EtcdError.STREAM_SORT_ORDER);
        }
        boolean filtered = request.getMinModRevision() != 0
                || request.getMaxModRevision() != 0
                || request.getMinCreateRevision() != 0
                || request.getMaxCreateRevision() != 0;
        return filtered ? Optional.of(EtcdError.STREAM_REVISION_FILTER) : Optional.empty();
    }

    static Optional<EtcdError> put(PutRequest request) {
        if (request.getKey().isEmpty()) {
            return Optional.of(EtcdError.EMPTY_KEY);
        }
        if (request.getIgnoreValue() && !request.getValue().isEmpty()) {
            return Optional.of(EtcdError.VALUE_PROVIDED);
        }
        if (request.getIgnoreLease() && request.getLease() != 0) {
            return Optional.of(EtcdError.LEASE_PROVIDED);
        }
        return Optional.empty();
    }

    static Optional<EtcdError> delete(DeleteRangeRequest request) {
        return request.getKey().isEmpty() ? Optional.of(EtcdError.EMPTY_KEY) : Optional.empty();
    }

    Optional<EtcdError> transaction(TxnRequest request) {
        var fault = transaction(request, maxTransactionOperations);
        if (fault.isPresent()) {
            return fault;
        }
        // After the checks of the steps, whose number bounds the work here.
        boolean duplicates = DuplicateKeys.in(request.getSuccessList()) || DuplicateKeys.in(request.getFailureList());
        return duplicates ? Optional.of(EtcdError.DUPLICATE_KEY) : Optional.empty();
    }

    /// A transaction inside another gets what the outer one has left of its budget.
    private static Optional<EtcdError> transaction(TxnRequest request, int budget) {
        int used = Math.max(request.getCompareCount(), Math.max(request.getSuccessCount(), request.getFailureCount()));
        if (used > budget) {
            return Optional.of(EtcdError.TOO_MANY_OPERATIONS);
        }
        for (Compare compare : request.getCompareList()) {
            if (compare.getKey().isEmpty()) {
                return Optional.of(EtcdError.EMPTY_KEY);
            }
        }
        var fault = branch(request.getSuccessList(), budget - used);
        return fault.isPresent() ? fault : branch(request.getFailureList(), budget - used);
    }

    private static Optional<EtcdError> branch(List<RequestOp> steps, int budget) {
        for (var step : steps) {
            var fault = step(step, budget);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<EtcdError> step(RequestOp step, int budget) {
        return switch (step.getRequestCase()) {
            case REQUEST_RANGE -> range(step.getRequestRange());
            case REQUEST_PUT -> put(step.getRequestPut());
            case REQUEST_DELETE_RANGE -> delete(step.getRequestDeleteRange());
            case REQUEST_TXN -> transaction(step.getRequestTxn(), budget);
            // etcd has no text of its own for a step that says nothing.
            case REQUEST_NOT_SET -> Optional.of(EtcdError.KEY_NOT_FOUND);
        };
    }
}
