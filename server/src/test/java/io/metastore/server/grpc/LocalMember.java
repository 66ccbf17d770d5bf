package io.metastore.server.grpc;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Listeners;
import io.metastore.server.apply.State;
import io.metastore.server.config.LimitConfig;
import io.metastore.server.config.MembershipConfig;
import io.metastore.server.identity.Passwords;
import io.metastore.server.identity.SimpleTokens;
import io.metastore.server.lease.Lease;
import io.metastore.server.lease.LeaseListener;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import io.metastore.server.node.Background;
import io.metastore.server.node.Node;
import io.metastore.server.node.NodeLimits;
import io.metastore.server.node.NodeParts;
import io.metastore.server.node.StateFile;
import io.metastore.server.snapshot.StateImage;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.storage.Storage;
import io.metastore.server.watch.WatchHub;
import io.metastore.server.watch.WatchSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// A whole member in this process, except for the log: real state, real door, real listener, and a client's
/// connection.
final class LocalMember implements AutoCloseable {
    static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration ELECTION_TIMEOUT = Duration.ofMillis(100);

    final SoloConsensus consensus;
    final Node node;
    private final MemoryStorage storage = MemoryStorage.volatileOnly();
    private final WatchHub watches;
    private final GrpcListener listener;
    private final ManagedChannel channel;
    private final Passwords passwords;

    LocalMember() {
        this(LimitConfig.defaults());
    }

    LocalMember(LimitConfig limits) {
        this(limits, GrpcSettings.KeepAlive.STANDARD);
    }

    LocalMember(LimitConfig limits, GrpcSettings.KeepAlive pings) {
        this(limits, pings, GrpcSettings.Http.STANDARD);
    }

    LocalMember(LimitConfig limits, GrpcSettings.KeepAlive pings, GrpcSettings.Http http) {
        this(limits, pings, http, Optional.empty());
        ready();
    }

    /// Over TLS.
    LocalMember(SecurePorts security) {
        this(GrpcSettings.Http.STANDARD, security);
    }

    /// Over TLS.
    LocalMember(GrpcSettings.Http http, SecurePorts security) {
        this(LimitConfig.defaults(), GrpcSettings.KeepAlive.STANDARD, http, Optional.of(security));
        ready();
    }

    /// One that is not ready.
    static LocalMember returning() {
        return new LocalMember(
                LimitConfig.defaults(), GrpcSettings.KeepAlive.STANDARD, GrpcSettings.Http.STANDARD, Optional.empty());
    }

    void ready() {
        listener.ready();
    }

    private LocalMember(
            LimitConfig limits, GrpcSettings.KeepAlive pings, GrpcSettings.Http http, Optional<SecurePorts> security) {
        var state = State.open(storage);
        watches = new WatchHub(state.store(), WatchSettings.standard(Duration.ofMinutes(10)));
        var tokens = new SimpleTokens(Duration.ofMinutes(5), System::nanoTime, new Random(2));
        passwords = new Passwords(4, 1, new SecureRandom());
        var applier = new Applier(storage, state, new Listeners(watches, new NoLeases(), tokens));
        consensus = new SoloConsensus(applier, state.leases());
        node = new Node(
                new NodeParts(
                        consensus,
                        new NodeParts.State(
                                state.store(),
                                state.leases(),
                                state.alarms(),
                                state.members(),
                                state.auth(),
                                state.versions()),
                        watches,
                        new Idle(storage, state),
                        new NodeParts.Identity(tokens, passwords)),
                NodeLimits.of(limits, MembershipConfig.defaults(), ELECTION_TIMEOUT),
                new Random(1));
        listener = GrpcListener.start(settings(limits, pings, http, security), node, Telemetry.NONE);
        channel = NettyChannelBuilder.forAddress(address())
                .usePlaintext()
                .maxInboundMessageSize(Integer.MAX_VALUE)
                .build();
    }

    private static GrpcSettings settings(
            LimitConfig limits, GrpcSettings.KeepAlive pings, GrpcSettings.Http http, Optional<SecurePorts> security) {
        var standard = GrpcSettings.standard(List.of(ANY_PORT, ANY_PORT));
        return new GrpcSettings(
                standard.addresses(),
                2,
                standard.blockingCalls(),
                new GrpcSettings.Limits(
                        limits.maxRequestBytes(),
                        limits.maxTransactionOperations(),
                        Math.clamp(limits.maxConcurrentStreams(), 1, Integer.MAX_VALUE)),
                pings,
                http,
                security,
                ELECTION_TIMEOUT,
                Duration.ofSeconds(2));
    }

    InetSocketAddress address() {
        return listener.addresses().getFirst();
    }

    /// It listens on two.
    List<InetSocketAddress> addresses() {
        return listener.addresses();
    }

    /// Where HTTP is served alone, and then where health is.
    List<InetSocketAddress> httpAddresses() {
        return listener.httpAddresses();
    }

    Channel channel() {
        return channel;
    }

    /// Stops the listener only.
    void stopListening() {
        listener.close();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        listener.close();
        passwords.close();
        consensus.close();
        watches.close();
        storage.close();
    }

    private record Idle(Storage storage, State state) implements Background {
        @Override
        public void whenCompacted(long revision, Runnable done) {
            var compaction = state.store().compaction();
            while (compaction.step()) {
                Thread.onSpinWait();
            }
            done.run();
        }

        @Override
        public StateFile stateFile(List<Member> members) {
            return new OpenStateFile(StateImage.of(storage, List.of()));
        }

        @Override
        public void reclaim() {
            // Nothing is on a disk.
        }

        @Override
        public void leases(Executor where, Consumer<List<LeaseId>> reply) {
            where.execute(() ->
                    reply.accept(state.leases().all().stream().map(Lease::id).toList()));
        }
    }

    private record OpenStateFile(StateImage image) implements StateFile {
        @Override
        public long bytes() {
            return image.bytes();
        }

        @Override
        public int read(byte[] target) {
            return image.read(target);
        }

        @Override
        public void close() {
            image.close();
        }
    }

    private static final class NoLeases implements LeaseListener {
        @Override
        public void granted(Lease lease) {
            // No clock runs here.
        }

        @Override
        public void revoked(LeaseId id) {
            // No clock runs here.
        }

        @Override
        public void checkpointed(Lease lease) {
            // No clock runs here.
        }

        @Override
        public void reloaded(List<Lease> all) {
            // No clock runs here.
        }
    }
}
