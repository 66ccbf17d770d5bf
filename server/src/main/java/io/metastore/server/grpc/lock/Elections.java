package io.metastore.server.grpc.lock;

import com.google.protobuf.ByteString;
import etcdserverpb.DeleteRangeRequest;
import etcdserverpb.RequestOp;
import etcdserverpb.ResponseHeader;
import etcdserverpb.TxnRequest;
import io.grpc.Status;
import io.grpc.StatusException;
import v3electionpb.CampaignRequest;
import v3electionpb.CampaignResponse;
import v3electionpb.LeaderKey;
import v3electionpb.LeaderRequest;
import v3electionpb.LeaderResponse;
import v3electionpb.ProclaimRequest;
import v3electionpb.ProclaimResponse;
import v3electionpb.ResignRequest;
import v3electionpb.ResignResponse;

/// Elections: the first in a line leads, and the value of its key is what it proclaims. Source: the election
/// server and the election of etcd.
public final class Elections {
    private final Store store;

    public Elections(Store store) {
        this.store = store;
    }

    /// Waits until the caller leads. A call that is given up while it waits leaves the line; one that fails stays
    /// in it, as in etcd.
    public CampaignResponse campaign(CampaignRequest request) throws StatusException, InterruptedException {
        long lease = store.session(request.getLease());
        var line = new Line(store, request.getName());
        var key = line.key(lease);
        var entered = line.enter(key, request.getValue(), lease);
        var leader = LeaderKey.newBuilder()
                .setName(request.getName())
                .setKey(key)
                .setRev(Line.place(entered))
                .setLease(lease)
                .build();
        if (!entered.getSucceeded() && !Line.own(entered).getValue().equals(request.getValue())) {
            proclaimOrResign(leader, request.getValue());
        }
        await(line, leader);
        return CampaignResponse.newBuilder()
                .setHeader(entered.getHeader())
                .setLeader(leader)
                .build();
    }

    private void proclaimOrResign(LeaderKey leader, ByteString value) throws StatusException {
        try {
            proclaim(leader, leader.getLease(), value);
        } catch (StatusException e) {
            resignAfter(leader, e);
            throw e;
        }
    }

    private void await(Line line, LeaderKey leader) throws StatusException, InterruptedException {
        try {
            line.awaitTurn(leader.getRev());
        } catch (InterruptedException e) {
            resignAfter(leader, e);
            throw e;
        } catch (StatusException e) {
            // An interrupt in the middle of a call comes as its failure.
            if (Thread.interrupted()) {
                resignAfter(leader, e);
            }
            throw e;
        }
    }

    private void resignAfter(LeaderKey leader, Exception cause) {
        boolean _ = Thread.interrupted();
        try {
            resign(leader);
        } catch (StatusException e) {
            // Then the lease takes the key along when it expires.
            cause.addSuppressed(e);
        }
    }

    public ProclaimResponse proclaim(ProclaimRequest request) throws StatusException {
        var leader = required(request.hasLeader(), request.getLeader());
        long lease = store.session(leader.getLease());
        return ProclaimResponse.newBuilder()
                .setHeader(proclaim(leader, lease, request.getValue()))
                .build();
    }

    private ResponseHeader proclaim(LeaderKey leader, long lease, ByteString value) throws StatusException {
        var response = store.txn(TxnRequest.newBuilder()
                .addCompare(Line.created(leader.getKey(), leader.getRev()))
                .addSuccess(Line.put(leader.getKey(), value, lease))
                .build());
        if (!response.getSucceeded()) {
            throw Status.UNKNOWN.withDescription("election: not leader").asException();
        }
        return response.getHeader();
    }

    public ResignResponse resign(ResignRequest request) throws StatusException {
        var leader = required(request.hasLeader(), request.getLeader());
        // etcd opens a session here too, with a lease that nothing uses when the caller names none.
        store.session(leader.getLease());
        return ResignResponse.newBuilder().setHeader(resign(leader)).build();
    }

    private ResponseHeader resign(LeaderKey leader) throws StatusException {
        return store.txn(TxnRequest.newBuilder()
                        .addCompare(Line.created(leader.getKey(), leader.getRev()))
                        .addSuccess(RequestOp.newBuilder()
                                .setRequestDeleteRange(
                                        DeleteRangeRequest.newBuilder().setKey(leader.getKey())))
                        .build())
                .getHeader();
    }

    private static LeaderKey required(boolean given, LeaderKey leader) throws StatusException {
        if (!given) {
            throw Status.UNKNOWN
                    .withDescription("\"leader\" field must be provided")
                    .asException();
        }
        return leader;
    }

    public LeaderResponse leader(LeaderRequest request) throws StatusException {
        var first = store.range(new Line(store, request.getName()).first());
        if (first.getKvsCount() == 0) {
            throw Status.UNKNOWN.withDescription("election: no leader").asException();
        }
        return LeaderResponse.newBuilder()
                .setHeader(first.getHeader())
                .setKv(first.getKvs(0))
                .build();
    }
}
