package io.metastore.server.grpc;

import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.inprocess.AnonymousInProcessSocketAddress;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// This member's services, called from inside: by the services that are made of others, and by the JSON gateway.
/// Such a call passes the same handlers and checks as a client's, but no message is encoded on the way.
///
/// There is one way in for each event loop, so that a call that comes from a connection is answered on that
/// connection's loop.
final class InnerServices implements AutoCloseable {
    private final Map<EventLoop, Entrance> entrances = new HashMap<>();
    private final List<Server> servers = new ArrayList<>();

    private record Entrance(LoopExecutor loop, AnonymousInProcessSocketAddress address, ManagedChannel channel) {}

    /// Nothing is served before `serve`.
    InnerServices(EventLoops loops) {
        loops.executors().forEach((loop, executor) -> {
            var address = new AnonymousInProcessSocketAddress();
            var channel =
                    InProcessChannelBuilder.forAddress(address).directExecutor().build();
            entrances.put(loop, new Entrance(executor, address, channel));
        });
    }

    /// The way in whose answers come on this loop.
    ManagedChannel channel(EventLoop loop) {
        return Objects.requireNonNull(entrances.get(loop), "a loop of another group")
                .channel();
    }

    /// A way in for callers on threads of their own.
    ManagedChannel channel() {
        return entrances.values().iterator().next().channel();
    }

    void serve(List<ServerServiceDefinition> services, UnknownMethods others, CallTracers tracers) throws IOException {
        for (var entrance : entrances.values()) {
            var builder = InProcessServerBuilder.forAddress(entrance.address())
                    .directExecutor()
                    .addStreamTracerFactory(tracers)
                    .addTransportFilter(new OnLoop(entrance.loop()))
                    .fallbackHandlerRegistry(others);
            services.forEach(builder::addService);
            servers.add(builder.build().start());
        }
    }

    @Override
    public void close() {
        entrances.values().forEach(entrance -> entrance.channel().shutdownNow());
        servers.forEach(Server::shutdownNow);
    }

    /// Gives calls the event loop, as a connection from outside would.
    private static final class OnLoop extends ServerTransportFilter {
        private final LoopExecutor loop;

        OnLoop(LoopExecutor loop) {
            this.loop = loop;
        }

        @Override
        public Attributes transportReady(Attributes attributes) {
            return attributes.toBuilder().set(PortSharing.LOOP, loop).build();
        }
    }
}
