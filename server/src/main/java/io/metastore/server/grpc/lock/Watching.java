package io.metastore.server.grpc.lock;

import etcdserverpb.WatchRequest;
import etcdserverpb.WatchResponse;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;

/// One watcher on a stream of its own.
final class Watching implements AutoCloseable {
    private static final String COMPACTED = "etcdserver: mvcc: required revision has been compacted";

    private final BlockingClientCall<WatchRequest, WatchResponse> call;

    Watching(BlockingClientCall<WatchRequest, WatchResponse> call) {
        this.call = call;
    }

    /// The next message, as soon as there is one; the first tells that the watcher is open and has no events.
    ///
    /// @throws StatusException when the watch ended, with the reason as etcd's client has it
    WatchResponse next() throws StatusException, InterruptedException {
        var response = call.read();
        if (response == null) {
            throw Status.UNKNOWN
                    .withDescription("lost watcher waiting for delete")
                    .asException();
        }
        if (response.getCompactRevision() != 0) {
            throw Status.UNKNOWN.withDescription(COMPACTED).asException();
        }
        if (response.getCanceled()) {
            throw Status.FAILED_PRECONDITION
                    .withDescription(response.getCancelReason())
                    .asException();
        }
        return response;
    }

    @Override
    public void close() {
        call.cancel("no longer wanted", null);
    }
}
