package io.metastore.server.grpc;

import etcdserverpb.ClusterGrpc;
import etcdserverpb.MemberListRequest;
import etcdserverpb.MemberListResponse;
import io.grpc.ServerServiceDefinition;
import io.metastore.server.consensus.Member;
import io.metastore.server.node.MemberList;
import io.metastore.server.node.Node;
import io.metastore.server.node.Right;

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
                .build();
    }

    private void list(MemberListRequest request, Reply<MemberListResponse> reply) {
        node.members(
                request.getLinearizable(),
                reply.loop(),
                list -> reply.attempt(() -> {
                    switch (list) {
                        case MemberList.Members(var members) -> {
                            var response = MemberListResponse.newBuilder().setHeader(headers.withoutRevision());
                            members.forEach(member -> response.addMembers(member(member)));
                            reply.send(response.build());
                        }
                        case MemberList.Refused(var reason) -> reply.refuse(EtcdError.of(reason));
                    }
                }));
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
