package io.metastore.server.grpc;

import etcdserverpb.DefragmentRequest;
import etcdserverpb.DefragmentResponse;
import etcdserverpb.DowngradeInfo;
import etcdserverpb.HashKVRequest;
import etcdserverpb.HashKVResponse;
import etcdserverpb.HashRequest;
import etcdserverpb.HashResponse;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.MoveLeaderRequest;
import etcdserverpb.MoveLeaderResponse;
import etcdserverpb.StatusRequest;
import etcdserverpb.StatusResponse;
import io.grpc.ServerServiceDefinition;
import io.metastore.server.grpc.http.HealthPage;
import io.metastore.server.grpc.http.Versions;
import io.metastore.server.model.Alarm;
import io.metastore.server.model.ClusterVersion;
import io.metastore.server.model.MemberId;
import io.metastore.server.node.HashResult;
import io.metastore.server.node.Node;
import io.metastore.server.node.Right;
import java.util.concurrent.Executor;

/// etcd's Maintenance service.
final class MaintenanceService {
    private final Node node;
    private final Headers headers;
    private final Executor blocking;

    /// @param blocking runs what reads the whole store
    MaintenanceService(Node node, Executor blocking) {
        this.node = node;
        this.headers = Headers.of(node);
        this.blocking = blocking;
    }

    ServerServiceDefinition definition(Admission admission, OpenStreams streams) {
        var alarms = new AlarmMethod(node);
        var downgrade = new DowngradeMethod(node);
        return ServerServiceDefinition.builder(MaintenanceGrpc.SERVICE_NAME)
                .addMethod(
                        MaintenanceGrpc.getStatusMethod(),
                        new UnaryMethod<>(admission, this::status, _ -> true).requiring(Right.USER))
                .addMethod(
                        MaintenanceGrpc.getHashKVMethod(),
                        new UnaryMethod<>(admission, this::hashKv).requiring(Right.ADMINISTRATOR))
                .addMethod(
                        MaintenanceGrpc.getHashMethod(),
                        new UnaryMethod<>(admission, this::hash).requiring(Right.ADMINISTRATOR))
                .addMethod(
                        MaintenanceGrpc.getAlarmMethod(),
                        new UnaryMethod<>(admission, alarms::serve).requiring(Right.USER))
                .addMethod(
                        MaintenanceGrpc.getDowngradeMethod(),
                        new UnaryMethod<>(admission, downgrade::serve).requiring(Right.ADMINISTRATOR))
                .addMethod(
                        MaintenanceGrpc.getMoveLeaderMethod(),
                        new UnaryMethod<>(admission, this::moveLeader).requiring(Right.ADMINISTRATOR))
                .addMethod(
                        MaintenanceGrpc.getDefragmentMethod(),
                        new UnaryMethod<>(admission, this::defragment).requiring(Right.ADMINISTRATOR))
                .addMethod(MaintenanceGrpc.getSnapshotMethod(), new SnapshotMethod(node, admission, streams))
                .build();
    }

    private void status(StatusRequest request, Reply<StatusResponse> reply) {
        var status = node.status();
        var cluster = status.cluster();
        var version = node.downgrades().version();
        var response = StatusResponse.newBuilder()
                .setHeader(headers.at(status.revision()))
                .setVersion(Versions.SERVER)
                .setStorageVersion(version.release().full())
                .setDbSize(status.dbSize())
                .setDbSizeInUse(status.dbSizeInUse())
                .setDbSizeQuota(status.quota())
                .setLeader(cluster.leader().number())
                .setRaftIndex(cluster.commitIndex())
                .setRaftAppliedIndex(cluster.appliedIndex())
                .setRaftTerm(cluster.term())
                .setIsLearner(status.learner())
                .setDowngradeInfo(downgrade(version));
        if (!cluster.hasLeader()) {
            response.addErrors(EtcdError.NO_LEADER.text());
        }
        for (var alarm : status.alarms()) {
            response.addErrors(text(alarm));
        }
        reply.send(response.build());
    }

    private static DowngradeInfo downgrade(ClusterVersion version) {
        return version.downgrade()
                .map(target -> DowngradeInfo.newBuilder()
                        .setEnabled(true)
                        .setTargetVersion(target.full())
                        .build())
                .orElseGet(DowngradeInfo::getDefaultInstance);
    }

    /// The text form of the message, in which Go's protobuf leaves open whether one or two spaces part the fields; in
    /// the etcd 3.7.1 that we compare with, it is two.
    private static String text(Alarm alarm) {
        return "memberID:" + Long.toUnsignedString(alarm.member().number()) + "  alarm:" + HealthPage.name(alarm);
    }

    private void hashKv(HashKVRequest request, Reply<HashKVResponse> reply) {
        blocking.execute(() -> reply.attempt(() -> {
            switch (node.hashKv(request.getRevision())) {
                case HashResult.Hash(var hash, var hashRevision, var compactRevision, var revision) ->
                    reply.send(HashKVResponse.newBuilder()
                            .setHeader(headers.at(revision))
                            .setHash(hash)
                            .setHashRevision(hashRevision)
                            .setCompactRevision(compactRevision)
                            .build());
                case HashResult.Refused(var reason) -> reply.refuse(EtcdError.of(reason));
            }
        }));
    }

    private void hash(HashRequest request, Reply<HashResponse> reply) {
        blocking.execute(() -> reply.attempt(() -> {
            int hash = node.hash();
            reply.send(HashResponse.newBuilder()
                    .setHeader(headers.now())
                    .setHash(hash)
                    .build());
        }));
    }

    /// The answer has no header: etcd leaves it out.
    private void moveLeader(MoveLeaderRequest request, Reply<MoveLeaderResponse> reply) {
        node.members()
                .moveLeader(
                        new MemberId(request.getTargetID()),
                        refusal -> reply.loop()
                                .execute(() -> reply.attempt(() -> refusal.map(EtcdError::of)
                                        .ifPresentOrElse(
                                                reply::refuse,
                                                () -> reply.send(MoveLeaderResponse.getDefaultInstance())))));
    }

    /// The answer has no header: etcd leaves it out.
    private void defragment(DefragmentRequest request, Reply<DefragmentResponse> reply) {
        blocking.execute(() -> reply.attempt(() -> {
            node.reclaim();
            reply.send(DefragmentResponse.getDefaultInstance());
        }));
    }
}
