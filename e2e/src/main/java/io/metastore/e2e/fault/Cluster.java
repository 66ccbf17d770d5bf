package io.metastore.e2e.fault;

import io.grpc.StatusRuntimeException;
import io.metastore.e2e.fault.Node.Addresses;
import io.metastore.e2e.net.Network;
import io.metastore.e2e.wire.MemberView;
import io.metastore.server.process.MemberProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Three members that found a cluster together, and a fourth that may join and leave.
final class Cluster implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ANSWER = Duration.ofSeconds(8);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int FOUNDERS = 3;
    private static final Duration STEP = Duration.ofMillis(50);

    private final List<Node> nodes = new ArrayList<>();
    private final Network network = new Network(this::running);

    private final AtomicBoolean closed = new AtomicBoolean();

    private Cluster() {}

    /// Starts the founders and waits until they serve.
    ///
    /// @param means what each gets of its own
    static Cluster start(Node.Setting setting, Means means) {
        var cluster = new Cluster();
        // When the run is interrupted: members must not outlive it, nor mounts.
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
        try {
            cluster.found(setting, means);
            return cluster;
        } catch (RuntimeException | IOException e) {
            cluster.close();
            throw e instanceof RuntimeException unchecked ? unchecked : new UncheckedIOException((IOException) e);
        }
    }

    Network network() {
        return network;
    }

    List<Node> founders() {
        return nodes.subList(0, FOUNDERS);
    }

    /// The member that is not there from the beginning.
    Node guest() {
        return nodes.get(FOUNDERS);
    }

    List<Node> all() {
        return List.copyOf(nodes);
    }

    List<String> endpoints() {
        return founders().stream().map(Node::endpoint).toList();
    }

    /// The founder that leads, as it says itself, or the first one that serves when the guest leads.
    /// One that was cut off may still believe that it leads: the newest term counts.
    Node leader() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var found = newestClaim();
            if (found.isPresent()) {
                return found.get() == guest() ? founders().getFirst() : found.get();
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        throw new Broken("no member leads for " + PATIENCE);
    }

    /// All are asked at once: one that stands still must not keep the others from being heard.
    private Optional<Node> newestClaim() {
        var claims = new ConcurrentSkipListMap<Long, Node>();
        try (var asking = Executors.newVirtualThreadPerTaskExecutor()) {
            all().stream()
                    .filter(node -> node.process().alive())
                    .forEach(node -> asking.execute(() -> ask(node, LOOK, MemberView::ledTerm)
                            .filter(OptionalLong::isPresent)
                            .ifPresent(term -> claims.put(term.getAsLong(), node))));
        }
        return Optional.ofNullable(claims.lastEntry()).map(Map.Entry::getValue);
    }

    /// An answer of one member, if it has one.
    <T> Optional<T> ask(Node node, Function<MemberView, T> question) {
        return ask(node, ANSWER, question);
    }

    private static <T> Optional<T> ask(Node node, Duration limit, Function<MemberView, T> question) {
        try (var view = new MemberView(node.endpoint(), limit)) {
            return Optional.of(question.apply(view));
        } catch (StatusRuntimeException _) {
            return Optional.empty();
        }
    }

    /// Starts the founders that do not run, and waits until they serve.
    void startStopped() {
        var stopped =
                founders().stream().filter(node -> !node.process().alive()).toList();
        stopped.forEach(node -> node.process().start());
        stopped.forEach(Cluster::awaitReady);
    }

    static void awaitReady(Node node) {
        try {
            node.process().awaitReady(PATIENCE);
        } catch (IllegalStateException e) {
            throw new Broken(node.name() + " does not start: " + e.getMessage());
        }
    }

    /// @param what for the report, when it does not come
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new Broken(what + " does not come within " + PATIENCE);
            }
            Thread.sleep(STEP);
        }
    }

    /// Ends all members and gives back what they used. It may be called again.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        nodes.forEach(node -> node.disk().ifPresent(Disk::release));
        nodes.forEach(node -> node.process().close());
        network.close();
        nodes.forEach(node -> node.disk().ifPresent(Disk::close));
    }

    private void found(Node.Setting setting, Means means) throws IOException {
        var ports = Ports.take(2 * (FOUNDERS + 1));
        for (int i = 0; i <= FOUNDERS; i++) {
            var name = "m" + (i + 1);
            int peer = ports.get(2 * i + 1);
            var addresses = new Addresses(ports.get(2 * i), peer, network.proxy(name, peer));
            var disk = means.disks()
                    ? Optional.of(Disk.create(
                            setting.folder().resolve(name + ".img"),
                            setting.folder().resolve(name)))
                    : Optional.<Disk>empty();
            var clock = means.clocks()
                    .map(library -> new Clock(library, setting.folder().resolve(name + ".clock")));
            nodes.add(new Node(name, addresses, setting, disk, clock));
        }
        var members = founders().stream()
                .map(node -> node.name() + "=" + node.peerUrl())
                .collect(Collectors.joining(","));
        founders().forEach(node -> node.belongsTo("new", members));
        startStopped();
    }

    private synchronized Map<Long, String> running() {
        var found = new HashMap<Long, String>();
        for (var node : all()) {
            pid(node.process()).ifPresent(pid -> found.put(pid, node.name()));
        }
        return found;
    }

    private static Optional<Long> pid(MemberProcess process) {
        try {
            return process.alive() ? Optional.of(process.pid()) : Optional.empty();
        } catch (IllegalStateException _) {
            return Optional.empty(); // It has just ended.
        }
    }
}
