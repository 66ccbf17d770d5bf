package io.metastore.server.raft;

import io.metastore.server.raft.gate.Gate;
import io.metastore.server.raft.peer.PeerServices;
import io.metastore.server.raft.peer.PeerTls;
import io.metastore.server.tls.ClientTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.apache.ratis.statemachine.StateMachine;

/// Builds Ratis's server for one member: the group of its cluster, what its storage must be like, and the
/// transport.
final class RaftNode {
    private RaftNode() {}

    /// How the server is connected to the rest of this member.
    ///
    /// @param security of what Ratis connects to itself
    record Connections(
            StateMachine stateMachine,
            Gate gate,
            PeerServices services,
            ThreadGroup threads,
            Optional<ClientTls> security) {}

    /// A server that is not started yet; its storage is opened, or made when it is new.
    static RaftServer build(RaftStart start, RaftProperties properties, Connections connections) throws IOException {
        var parameters = new Parameters();
        connections.gate().installIn(parameters);
        GrpcConfigKeys.Server.setServicesCustomizer(parameters, connections.services());
        connections.security().ifPresent(tls -> GrpcConfigKeys.Server.setTlsConf(parameters, PeerTls.ofRatis(tls)));
        var group = groupId(start);
        // A first start that was cut short may have left a directory: it may hold votes and is used, not made anew.
        boolean exists = Files.exists(start.directory().resolve(group.getUuid().toString()));
        return RaftServer.newBuilder()
                .setServerId(peerId(start.self().toString()))
                .setGroup(start.format() ? founders(start) : null)
                .setOption(exists ? StartupOption.RECOVER : StartupOption.FORMAT)
                .setStateMachine(connections.stateMachine())
                .setProperties(properties)
                .setParameters(parameters)
                .setThreadGroup(connections.threads())
                .build();
    }

    /// Where Ratis keeps the log of this member.
    static Path group(RaftStart start) {
        return start.directory().resolve(groupId(start).getUuid().toString());
    }

    /// The group of the cluster: its id, twice.
    static RaftGroupId groupId(RaftStart start) {
        return groupId(start.clusterId());
    }

    static RaftGroupId groupId(long clusterId) {
        return RaftGroupId.valueOf(new UUID(clusterId, clusterId));
    }

    private static RaftPeerId peerId(String member) {
        return RaftPeerId.valueOf(member);
    }

    private static RaftGroup founders(RaftStart start) {
        return RaftGroup.valueOf(
                groupId(start),
                start.founders().stream().map(RaftStart.Founder::peer).toList());
    }
}
