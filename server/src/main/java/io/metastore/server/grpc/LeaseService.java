package io.metastore.server.grpc;

import etcdserverpb.LeaseGrantRequest;
import etcdserverpb.LeaseGrantResponse;
import etcdserverpb.LeaseGrpc;
import etcdserverpb.LeaseLeasesRequest;
import etcdserverpb.LeaseLeasesResponse;
import etcdserverpb.LeaseRevokeRequest;
import etcdserverpb.LeaseRevokeResponse;
import etcdserverpb.LeaseStatus;
import etcdserverpb.LeaseTimeToLiveRequest;
import etcdserverpb.LeaseTimeToLiveResponse;
import io.grpc.ServerServiceDefinition;
import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.model.LeaseId;
import io.metastore.server.node.LeaseList;
import io.metastore.server.node.Node;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome.Accepted;
import io.metastore.server.request.Outcome.LeaseGranted;

/// etcd's Lease service.
final class LeaseService {
    private static final long MILLIS_IN_A_SECOND = 1000;
    private static final long UNKNOWN_LEASE_TTL = -1;

    private final Node node;
    private final Headers headers;
    private final Quota quota;

    LeaseService(Node node) {
        this.node = node;
        this.quota = new Quota(node);
        this.headers = Headers.of(node);
    }

    ServerServiceDefinition definition(Admission admission, OpenStreams streams) {
        return ServerServiceDefinition.builder(LeaseGrpc.SERVICE_NAME)
                .addMethod(LeaseGrpc.getLeaseGrantMethod(), new UnaryMethod<>(admission, this::grant))
                .addMethod(LeaseGrpc.getLeaseRevokeMethod(), new UnaryMethod<>(admission, this::revoke))
                .addMethod(LeaseGrpc.getLeaseKeepAliveMethod(), new KeepAliveMethod(node, admission, streams))
                .addMethod(LeaseGrpc.getLeaseTimeToLiveMethod(), new UnaryMethod<>(admission, this::timeToLive))
                .addMethod(LeaseGrpc.getLeaseLeasesMethod(), new UnaryMethod<>(admission, this::leases))
                .build();
    }

    private void grant(LeaseGrantRequest request, Reply<LeaseGrantResponse> reply) {
        if (quota.refuses(Charge.LEASE_BYTES, reply)) {
            return;
        }
        node.grantLease(
                reply.credentials(),
                LeaseId.of(request.getID()),
                request.getTTL(),
                reply.onLoop(
                        LeaseGranted.class,
                        granted -> LeaseGrantResponse.newBuilder()
                                .setHeader(headers.at(granted.revision()))
                                .setID(granted.lease().number())
                                .setTTL(granted.ttlSeconds())
                                .build()));
    }

    private void revoke(LeaseRevokeRequest request, Reply<LeaseRevokeResponse> reply) {
        node.execute(
                reply.credentials(),
                new Command.RevokeLease(LeaseId.of(request.getID())),
                reply.onLoop(
                        Accepted.class,
                        done -> LeaseRevokeResponse.newBuilder()
                                .setHeader(headers.at(done.revision()))
                                .build()));
    }

    private void timeToLive(LeaseTimeToLiveRequest request, Reply<LeaseTimeToLiveResponse> reply) {
        node.leaseTimeToLive(
                reply.credentials(),
                LeaseId.of(request.getID()),
                request.getKeys(),
                answer -> reply.loop().execute(() -> reply.attempt(() -> timeToLive(request, answer, reply))));
    }

    private void timeToLive(LeaseTimeToLiveRequest request, LeaseAnswer answer, Reply<LeaseTimeToLiveResponse> reply) {
        var response =
                LeaseTimeToLiveResponse.newBuilder().setHeader(headers.now()).setID(request.getID());
        switch (answer) {
            case LeaseAnswer.Alive(var remainingMillis, var grantedSeconds) -> {
                response.setTTL(remainingMillis / MILLIS_IN_A_SECOND).setGrantedTTL(grantedSeconds);
                if (request.getKeys()) {
                    for (var key : node.leaseKeys(LeaseId.of(request.getID()))) {
                        response.addKeys(Answers.bytes(key));
                    }
                }
                reply.send(response.build());
            }
            case LeaseAnswer.Gone() ->
                reply.send(response.setTTL(UNKNOWN_LEASE_TTL).build());
            case LeaseAnswer.Refused(var reason) -> reply.refuse(EtcdError.of(reason));
        }
    }

    private void leases(LeaseLeasesRequest request, Reply<LeaseLeasesResponse> reply) {
        node.leases(
                reply.credentials(),
                reply.loop(),
                list -> reply.attempt(() -> {
                    switch (list) {
                        case LeaseList.Leases(var ids) -> {
                            var response = LeaseLeasesResponse.newBuilder().setHeader(headers.now());
                            for (var id : ids) {
                                response.addLeases(LeaseStatus.newBuilder().setID(id.number()));
                            }
                            reply.send(response.build());
                        }
                        case LeaseList.Refused(var reason) -> reply.refuse(EtcdError.of(reason));
                    }
                }));
    }
}
