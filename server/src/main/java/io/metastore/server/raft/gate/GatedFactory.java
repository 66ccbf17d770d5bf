package io.metastore.server.raft.gate;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.grpc.server.GrpcLogAppender;
import org.apache.ratis.grpc.server.GrpcServices;
import org.apache.ratis.grpc.server.GrpcServicesImpl;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.leader.FollowerInfo;
import org.apache.ratis.server.leader.LeaderState;
import org.apache.ratis.server.leader.LogAppender;

/// Ratis's gRPC transport with a door in front of the server and a guard over its own votes.
public final class GatedFactory extends GrpcFactory {
    private final Gate gate;
    private final AtomicReference<GrpcServicesImpl> services = new AtomicReference<>();

    GatedFactory(Parameters parameters) {
        super(parameters);
        this.gate = Gate.of(parameters);
    }

    @Override
    public GrpcServices newRaftServerRpc(RaftServer server) {
        var votes = new VoteDirectory(server);
        var guarded = (RaftServer) proxy(RaftServer.class, new Door(server, gate, votes));
        var inner = (GrpcServicesImpl) super.newRaftServerRpc(guarded);
        services.set(inner);
        return (GrpcServices) proxy(GrpcServices.class, new OwnVotes(inner, gate, votes));
    }

    @Override
    public LogAppender newLogAppender(RaftServer.Division division, LeaderState state, FollowerInfo follower) {
        var appender = new Appender(division, state, follower, services.get());
        gate.keep(appender);
        return appender;
    }

    private static Object proxy(Class<?> type, java.lang.reflect.InvocationHandler handler) {
        return Proxy.newProxyInstance(GatedFactory.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /// Ratis casts the server's RPC side to its own class, which the guard over it is not.
    private static final class Appender extends GrpcLogAppender {
        private final GrpcServicesImpl services;

        Appender(RaftServer.Division division, LeaderState state, FollowerInfo follower, GrpcServicesImpl services) {
            // Before super(...): Ratis asks for the services while it constructs.
            this.services = services;
            super(division, state, follower);
        }

        @Override
        public GrpcServicesImpl getServerRpc() {
            return services;
        }
    }
}
