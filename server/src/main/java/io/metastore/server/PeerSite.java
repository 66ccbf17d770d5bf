package io.metastore.server;

import io.metastore.server.grpc.EtcdError;
import io.metastore.server.grpc.http.Versions;
import io.metastore.server.node.MemberList;
import io.metastore.server.node.Node;
import io.metastore.server.raft.peer.PeerPages;
import io.metastore.server.raft.peer.PeerPages.Answer;
import io.metastore.server.snapshot.MemberRecord;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The pages of etcd's peer URL that tools read: who belongs to the cluster, which versions there are, and whether the
/// cluster is to go back to an older one. The others are how the members of an etcd talk.
record PeerSite(Node node) implements PeerPages {
    private static final String TYPE = "Content-Type";
    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int FAILED = 500;

    @Override
    public Optional<Page> find(String path) {
        return switch (path) {
            case "/members" -> Optional.of(this::members);
            case "/version" ->
                Optional.of(answer -> answer.accept(new Answer(
                        OK, Map.of(TYPE, JSON), Versions.text(node.downgrades().version()))));
            case "/downgrade/enabled" -> Optional.of(this::downgrade);
            default -> Optional.empty();
        };
    }

    private void members(Consumer<Answer> answer) {
        node.members().list(false, Runnable::run, list -> {
            switch (list) {
                case MemberList.Members(var members) ->
                    answer.accept(ofCluster(
                            JSON,
                            members.stream()
                                    .map(member -> MemberRecord.of(member).json())
                                    .collect(Collectors.joining(",", "[", "]\n"))));
                case MemberList.Refused(var reason) ->
                    answer.accept(Answer.error(FAILED, EtcdError.of(reason).text()));
            }
        });
    }

    private void downgrade(Consumer<Answer> answer) {
        node.linearizable(
                Runnable::run,
                refusal -> answer.accept(refusal.map(reason -> Answer.error(
                                FAILED,
                                "failed linearized read: "
                                        + EtcdError.of(reason).text()))
                        .orElseGet(() -> ofCluster(
                                "text/plain",
                                String.valueOf(
                                        node.downgrades().version().downgrade().isPresent())))));
    }

    private Answer ofCluster(String type, String body) {
        var cluster = Long.toHexString(node.state().clusterId());
        return new Answer(OK, Map.of(TYPE, type, "X-Etcd-Cluster-Id", cluster), body);
    }
}
