package io.metastore.server.grpc.lock;

import com.google.protobuf.ByteString;
import etcdserverpb.RangeRequest;
import etcdserverpb.RangeResponse;
import io.grpc.Status;
import io.grpc.StatusException;
import v3lockpb.LockRequest;
import v3lockpb.LockResponse;
import v3lockpb.UnlockRequest;
import v3lockpb.UnlockResponse;

/// Mutual exclusion: the first in a line holds the lock until its key goes, by an unlock or with its lease.
/// Source: the lock server and the mutex of etcd.
public final class Locks {
    private final Store store;

    public Locks(Store store) {
        this.store = store;
    }

    /// Waits for the lock. A call that is given up, or fails while it waits, leaves the line.
    public LockResponse lock(LockRequest request) throws StatusException, InterruptedException {
        long lease = store.session(request.getLease());
        var line = new Line(store, request.getName());
        var key = line.key(lease);
        var entered = line.enter(key, ByteString.EMPTY, lease, line.first());
        long place = Line.place(entered);
        var first = entered.getResponses(1).getResponseRange().getKvsList();
        if (first.isEmpty() || first.getFirst().getCreateRevision() == place) {
            return LockResponse.newBuilder()
                    .setHeader(entered.getHeader())
                    .setKey(key)
                    .build();
        }
        var still = awaitTurn(line, place, key);
        if (still.getKvsCount() == 0) {
            throw Status.UNKNOWN.withDescription("mutex: session is expired").asException();
        }
        return LockResponse.newBuilder()
                .setHeader(still.getHeader())
                .setKey(key)
                .build();
    }

    /// The caller's key when its turn has come: its lease may have run out while it waited.
    private RangeResponse awaitTurn(Line line, long place, ByteString key)
            throws StatusException, InterruptedException {
        try {
            line.awaitTurn(place);
            return store.range(RangeRequest.newBuilder().setKey(key).build());
        } catch (StatusException | InterruptedException e) {
            leave(key, e);
            throw e;
        }
    }

    private void leave(ByteString key, Exception cause) {
        // An interrupt has told what it had to tell; it must not end the clean-up too.
        boolean _ = Thread.interrupted();
        try {
            store.delete(key);
        } catch (StatusException e) {
            // Then the lease takes the key along when it expires.
            cause.addSuppressed(e);
        }
    }

    public UnlockResponse unlock(UnlockRequest request) throws StatusException {
        var deleted = store.delete(request.getKey());
        return UnlockResponse.newBuilder().setHeader(deleted.getHeader()).build();
    }
}
