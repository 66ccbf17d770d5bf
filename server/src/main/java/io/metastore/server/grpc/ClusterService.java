package io.metastore.server.grpc;

import etcdserverpb.ClusterGrpc;
import etcdserverpb.MemberAddRequest;
import etcdserverpb.MemberAddResponse;
import etcdserverpb.MemberListRequest;
import etcdserverpb.MemberListResponse;
import etcdserverpb.MemberPromoteRequest;
import etcdserverpb.MemberPromoteResponse;
import etcdserverpb.MemberRemoveRequest;
import etcdserverpb.MemberRemoveResponse;
import etcdserverpb.MemberUpdateRequest;
import etcdserverpb.MemberUpdateResponse;
import io.grpc.ServerServiceDefinition;
import io.metastore.server.config.Url;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.node.MemberList;
import io.metastore.server.node.Node;
import io.metastore.server.node.Right;
import io.metastore.server.request.Outcome;
import java.util.List;

/// etcd's Cluster service. Its answers carry no revision.
final class ClusterService {
    private final Node node;
    private final Headers headers;

    ClusterService(Node node) {
        this.node = node;
        this.headers = Headers.of(node);
    }

    ServerServiceDefinition definition(Admission admission) {
        return ServerServiceDefinition.builder(ClusterGrpc.SERVICE_NAME)
                .addMethod(
                        ClusterGrpc.getMemberListMethod(),
                        new UnaryMethod<>(admission, this::list).requiring(Right.USER))
                .addMethod(
                        ClusterGrpc.getMemberAddMethod(),
                        new UnaryMethod<>(admission, this::add).requiring(Right.ADMINISTRATOR))
                .addMethod(
                        ClusterGrpc.getMemberRemoveMethod(),
                        new UnaryMethod<>(admission, this::remove).requiring(Right.ADMINISTRATOR))
                .addMethod(
                        ClusterGrpc.getMemberUpdateMethod(),
                        new UnaryMethod<>(admission, this::update).requiring(Right.ADMINISTRATOR))
                .addMethod(
                        ClusterGrpc.getMemberPromoteMethod(),
                        new UnaryMethod<>(admission, this::promote).requiring(Right.ADMINISTRATOR))
                .build();
    }

    private void list(MemberListRequest request, Reply<MemberListResponse> reply) {
        node.members()
                .list(
                        request.getLinearizable(),
                        reply.loop(),
                        list -> reply.attempt(() -> {
                            switch (list) {
                                case MemberList.Members(var members) -> {
                                    var response =
                                            MemberListResponse.newBuilder().setHeader(headers.withoutRevision());
                                    members.forEach(member -> response.addMembers(member(member)));
                                    reply.send(response.build());
                                }
                                case MemberList.Refused(var reason) -> reply.refuse(EtcdError.of(reason));
                            }
                        }));
    }

    private void add(MemberAddRequest request, Reply<MemberAddResponse> reply) {
        var urls = request.getPeerURLsList().stream().toList();
        node.members()
                .add(reply.credentials(), urls, request.getIsLearner(), reply.onLoop(Outcome.Members.class, done -> {
                    var response = MemberAddResponse.newBuilder()
                            .setHeader(headers.withoutRevision())
                            .addAllMembers(members(done));
                    response.getMembersList().stream()
                            .filter(member -> member.getPeerURLsList()
                                    .contains(Url.parse(urls.getFirst()).toString()))
                            .findFirst()
                            .ifPresent(response::setMember);
                    return response.build();
                }));
    }

    private void remove(MemberRemoveRequest request, Reply<MemberRemoveResponse> reply) {
        node.members()
                .remove(
                        reply.credentials(),
                        new MemberId(request.getID()),
                        reply.onLoop(
                                Outcome.Members.class,
                                done -> MemberRemoveResponse.newBuilder()
                                        .setHeader(headers.withoutRevision())
                                        .addAllMembers(members(done))
                                        .build()));
    }

    private void update(MemberUpdateRequest request, Reply<MemberUpdateResponse> reply) {
        node.members()
                .update(
                        reply.credentials(),
                        new MemberId(request.getID()),
                        request.getPeerURLsList().stream().toList(),
                        reply.onLoop(
                                Outcome.Members.class,
                                done -> MemberUpdateResponse.newBuilder()
                                        .setHeader(headers.withoutRevision())
                                        .addAllMembers(members(done))
                                        .build()));
    }

    private void promote(MemberPromoteRequest request, Reply<MemberPromoteResponse> reply) {
        node.members()
                .promote(
                        reply.credentials(),
                        new MemberId(request.getID()),
                        reply.onLoop(
                                Outcome.Members.class,
                                done -> MemberPromoteResponse.newBuilder()
                                        .setHeader(headers.withoutRevision())
                                        .addAllMembers(members(done))
                                        .build()));
    }

    private static List<etcdserverpb.Member> members(Outcome.Members done) {
        return done.members().stream().map(ClusterService::member).toList();
    }

    private static etcdserverpb.Member member(Member member) {
        return etcdserverpb.Member.newBuilder()
                .setID(member.id().number())
                .setName(member.name())
                .addAllPeerURLs(member.peerUrls())
                .addAllClientURLs(member.clientUrls())
                .setIsLearner(member.learner())
                .build();
    }
}
