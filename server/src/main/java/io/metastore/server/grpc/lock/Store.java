package io.metastore.server.grpc.lock;

import com.google.protobuf.ByteString;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.DeleteRangeResponse;
import etcdserverpb.KVGrpc;
import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.RangeRequest;
import etcdserverpb.RangeResponse;
import etcdserverpb.TxnRequest;
import etcdserverpb.TxnResponse;
import etcdserverpb.WatchCreateRequest;
import etcdserverpb.WatchGrpc;
import etcdserverpb.WatchRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.MetadataUtils;

/// The store as one caller sees it: every call is made in the caller's name, with its metadata, so what it may do
/// and how much is checked where it is checked of clients. Calls wait for their answers.
public final class Store {
    /// Of a session whose lease the caller leaves to us. Source: etcd's concurrency package.
    private static final long SESSION_SECONDS = 60;

    private final KVGrpc.KVBlockingV2Stub kv;
    private final LeaseGrpc.LeaseBlockingV2Stub lease;
    private final WatchGrpc.WatchBlockingV2Stub watch;

    /// @param services where KV, Lease and Watch are served
    /// @param caller the metadata of the call that is served
    public Store(Channel services, Metadata caller) {
        var named = ClientInterceptors.intercept(services, MetadataUtils.newAttachHeadersInterceptor(caller));
        this.kv = KVGrpc.newBlockingV2Stub(named);
        this.lease = LeaseGrpc.newBlockingV2Stub(named);
        this.watch = WatchGrpc.newBlockingV2Stub(named);
    }

    TxnResponse txn(TxnRequest request) throws StatusException {
        return asClient(() -> kv.txn(request));
    }

    RangeResponse range(RangeRequest request) throws StatusException {
        return asClient(() -> kv.range(request));
    }

    DeleteRangeResponse delete(ByteString key) throws StatusException {
        var request = DeleteRangeRequest.newBuilder().setKey(key).build();
        return asClient(() -> kv.deleteRange(request));
    }

    /// The lease of a session: the one the caller has, or a new one that nobody keeps alive.
    ///
    /// @param wanted 0 for none
    long session(long wanted) throws StatusException {
        if (wanted != 0) {
            return wanted;
        }
        var request = LeaseGrantRequest.newBuilder().setTTL(SESSION_SECONDS).build();
        return asClient(() -> lease.leaseGrant(request)).getID();
    }

    private interface Call<A> {
        A answer() throws StatusException;
    }

    /// Errors as etcd's client has them: of a refusal only the text is left.
    private static <A> A asClient(Call<A> call) throws StatusException {
        try {
            return call.answer();
        } catch (StatusException e) {
            var code = e.getStatus().getCode();
            throw code == Status.Code.CANCELLED || code == Status.Code.DEADLINE_EXCEEDED
                    ? e
                    : Status.UNKNOWN
                            .withDescription(e.getStatus().getDescription())
                            .asException();
        }
    }

    /// Watches the keys that `keys` says; the caller closes it.
    Watching watch(WatchCreateRequest keys) throws StatusException, InterruptedException {
        var call = watch.watch();
        call.write(WatchRequest.newBuilder().setCreateRequest(keys).build());
        return new Watching(call);
    }
}
