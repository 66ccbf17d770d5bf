package io.metastore.server.grpc;

import etcdserverpb.PutRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.TxnRequest;
import java.util.List;

/// How many bytes a request is taken to add to the store, for the quota. Source: etcd's backend quota.
final class Charge {
    static final long LEASE_BYTES = 64;
    private static final long KEY_VALUE_OVERHEAD_BYTES = 256;

    private Charge() {}

    static long of(PutRequest request) {
        return KEY_VALUE_OVERHEAD_BYTES
                + request.getKey().size()
                + request.getValue().size();
    }

    /// The dearer branch; 0 when neither puts anything.
    static long of(TxnRequest request) {
        return Math.max(branch(request.getSuccessList()), branch(request.getFailureList()));
    }

    private static long branch(List<RequestOp> steps) {
        long sum = 0;
        for (var step : steps) {
            sum += switch (step.getRequestCase()) {
                case REQUEST_PUT -> of(step.getRequestPut());
                case REQUEST_TXN -> of(step.getRequestTxn());
                case REQUEST_RANGE, REQUEST_DELETE_RANGE, REQUEST_NOT_SET -> 0;
            };
        }
        return sum;
    }
}
