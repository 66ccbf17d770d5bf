package io.metastore.server.raft.gate;

import io.metastore.server.raft.append.Sender;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;

/// Ratis's gRPC transport with a door in front of the server and a guard over its own votes.
public final class GatedFactory extends GrpcFactory {
    private final Gate gate;

    GatedFactory(Parameters parameters) {
        super(parameters);
        this.gate = Gate.of(parameters);
    }

    @Override
    public GrpcServices newRaftServerRpc(RaftServer server) {
        var votes = new VoteDirectory(server);
        var door = new Door(server, gate, votes);
        gate.open(door);
        var inner = super.newRaftServerRpc((RaftServer) proxy(RaftServer.class, door));
        return (GrpcServices) proxy(GrpcServices.class, new OwnVotes(inner, server, gate, votes));
    }

    @Override
    public LogAppender newLogAppender(RaftServer.Division division, LeaderState state, FollowerInfo follower) {
        var patience =
                RaftServerConfigKeys.Rpc.requestTimeout(division.getRaftServer().getProperties());
        return new Sender(
                division, state, follower, gate.transport(), Duration.ofMillis(patience.toLong(TimeUnit.MILLISECONDS)));
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(GatedFactory.class.getClassLoader(), new Class<?>[] {type}, handler);
    }
}
