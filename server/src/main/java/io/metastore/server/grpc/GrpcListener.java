package io.metastore.server.grpc;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.metastore.server.grpc.admin.AdminService;
import io.metastore.server.grpc.auth.AuthService;
import io.metastore.server.node.Node;
import io.metastore.server.watch.WatchMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves etcd's clients: gRPC and plain HTTP on each of its addresses. Unary calls are served on the event loops and
/// never block them; see `UnaryMethod`.
public final class GrpcListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcListener.class);
    private static final int MAX_METADATA_BYTES = 1 << 20;
    private static final int FLOW_CONTROL_WINDOW = 1 << 20;
    private static final Duration FORCED_STOP = Duration.ofSeconds(1);

    private final Server server;
    private final Inside inside;
    private final HealthStatusManager health;
    private final Duration stopTimeout;

    private GrpcListener(Server server, Inside inside, HealthStatusManager health, Duration stopTimeout) {
        this.server = server;
        this.inside = inside;
        this.health = health;
        this.stopTimeout = stopTimeout;
    }

    /// What calls are served by.
    private record Inside(
            EventLoops loops,
            InnerServices services,
            HeldCalls calls,
            OpenStreams streams,
            BlockingCalls blocking,
            HttpSide http) {
        static Inside of(GrpcSettings settings, Node node, Telemetry telemetry) {
            var loops = new EventLoops(settings.eventLoops());
            var services = new InnerServices(loops);
            var blocking = new BlockingCalls(settings.blockingCalls());
            var site = new ClientSite(node, telemetry, blocking);
            var http = HttpSide.of(settings, loops, services, site, blocking);
            return new Inside(loops, services, new HeldCalls(), new OpenStreams(), blocking, http);
        }

        void close() {
            http.close();
            services.close();
            loops.close();
        }
    }

    /// Listens: pages are served at once, calls from `ready` on.
    ///
    /// @throws UncheckedIOException when one of the addresses cannot be listened on; then none is
    public static GrpcListener start(GrpcSettings settings, Node node, Telemetry telemetry) {
        var inside = Inside.of(settings, node, telemetry);
        var health = new HealthStatusManager();
        var admission = new Admission(node, new SlowCalls(telemetry.slow()), telemetry.tracing());
        try {
            var services = services(settings, node, admission, inside, telemetry.watches());
            var others = UnknownMethods.besides(services);
            var all = new ArrayList<>(services);
            all.add(inside.calls().held(HealthService.of(health, admission)));
            var tracers = new CallTracers(telemetry.calls(), telemetry.tracing(), all);
            inside.services().serve(services, others, tracers);
            var server = server(transport(settings, inside).addStreamTracerFactory(tracers), all, others);
            inside.http().start();
            watchMember(settings.electionTimeout(), inside.loops(), () -> {
                admission.refresh();
                inside.streams().check(node.state().hasLeader());
            });
            return new GrpcListener(server, inside, health, settings.stopTimeout());
        } catch (IOException e) {
            inside.close();
            throw new UncheckedIOException("cannot listen on " + settings.addresses(), e);
        } catch (RuntimeException e) {
            inside.close();
            throw e;
        }
    }

    private static Server server(
            NettyServerBuilder transport, List<ServerServiceDefinition> services, UnknownMethods others)
            throws IOException {
        var builder = transport.directExecutor();
        services.stream().map(UnreadableRequests::answered).forEach(builder::addService);
        return builder.fallbackHandlerRegistry(others).build().start();
    }

    private static List<ServerServiceDefinition> services(
            GrpcSettings settings, Node node, Admission admission, Inside inside, WatchMeter watches) {
        var blocking = inside.blocking();
        var streams = inside.streams();
        var locks = new LockService(
                CallTracers.unmeasured(inside.services().channel()),
                WaitingMethod.Site.of(admission, streams, blocking));
        var limits = settings.limits();
        return Stream.of(
                        new KvService(node, limits, blocking).definition(admission, streams),
                        new WatchMethod(node, limits.maxMessageBytes(), admission, streams, watches).definition(),
                        new LeaseService(node).definition(admission, streams),
                        new ClusterService(node).definition(admission),
                        new AuthService(node).definition(admission),
                        new MaintenanceService(node, blocking).definition(admission, streams),
                        new AdminService(node, admission, blocking::start).definition(),
                        locks.locks(),
                        locks.elections())
                .map(inside.calls()::held)
                .toList();
    }

    private static NettyServerBuilder transport(GrpcSettings settings, Inside inside) {
        var limits = settings.limits();
        var loops = inside.loops();
        var sharing =
                new PortSharing(loops, limits.maxMessageBytes(), inside.http().shared(), settings.security());
        var addresses = settings.addresses();
        var builder = NettyServerBuilder.forAddress(
                        addresses.getFirst(), InternalNettyServerCredentials.create(sharing))
                .channelType(loops.channelType())
                .bossEventLoopGroup(loops.group())
                .workerEventLoopGroup(loops.group())
                // A connection that speaks HTTP/1.1 never ends gRPC's handshake; `FirstBytes` has a limit of its own.
                .handshakeTimeout(Long.MAX_VALUE, TimeUnit.MILLISECONDS)
                // A fixed window: the library would measure the best one with a ping for each burst of requests.
                .flowControlWindow(FLOW_CONTROL_WINDOW)
                .maxInboundMessageSize(limits.maxMessageBytes())
                .maxInboundMetadataSize(MAX_METADATA_BYTES)
                .maxConcurrentCallsPerConnection(limits.maxConcurrentStreams());
        addresses.stream().skip(1).forEach(builder::addListenAddress);
        return keepAlive(builder, settings.keepAlive());
    }

    private static NettyServerBuilder keepAlive(NettyServerBuilder builder, GrpcSettings.KeepAlive keepAlive) {
        return builder.permitKeepAliveTime(keepAlive.minTime().toNanos(), TimeUnit.NANOSECONDS)
                .permitKeepAliveWithoutCalls(false)
                .keepAliveTime(keepAlive.interval().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(keepAlive.timeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void watchMember(Duration period, EventLoops loops, Runnable check) {
        var _ = loops.group().scheduleAtFixedRate(check, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// This member is ready: calls are served, those first that came before.
    public void ready() {
        inside.calls().release();
    }

    /// Where this listens, with the ports that the system chose.
    public List<InetSocketAddress> addresses() {
        return server.getListenSockets().stream()
                .map(InetSocketAddress.class::cast)
                .toList();
    }

    /// Where plain HTTP is served alone, and then where health is.
    public List<InetSocketAddress> httpAddresses() {
        return inside.http().addresses();
    }

    /// Stops: no new connections and calls, streams end with an error that lets their clients go elsewhere, other
    /// calls may finish for a while.
    @Override
    public void close() {
        if (server.isShutdown()) {
            return;
        }
        health.enterTerminalState();
        server.shutdown();
        inside.http().close();
        inside.streams().close();
        inside.calls().close();
        try {
            if (!server.awaitTermination(stopTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atInfo().addKeyValue("waited", stopTimeout).log("calls were still under way, closing connections");
                server.shutdownNow();
                server.awaitTermination(FORCED_STOP.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        inside.close();
    }
}
