package io.metastore.server.fault;

import io.grpc.StatusRuntimeException;
import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A cluster of processes on this machine, with ports and folders of its own.
public final class ClusterProcesses implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(40);

    private final DataFolder folder;
    private final List<MemberProcess> members;
    private final Optional<MemberProcess> witness;

    private ClusterProcesses(DataFolder folder, List<MemberProcess> members, Optional<MemberProcess> witness) {
        this.folder = folder;
        this.members = List.copyOf(members);
        this.witness = witness;
    }

    /// Starts all members and returns when all of them serve clients.
    ///
    /// @param size number of members, at least 1
    /// @param flags etcd's flags for every member, besides names, URLs and folders
    public static ClusterProcesses start(ServerProgram program, int size, List<String> flags) {
        var plan = Plan.of(program, size);
        var cluster = new ClusterProcesses(
                plan.folder(),
                IntStream.range(0, size).mapToObj(i -> plan.member(i, flags)).toList(),
                Optional.empty());
        cluster.startStopped();
        return cluster;
    }

    /// Two members that hold data and a witness.
    ///
    /// @param flags for the two
    public static ClusterProcesses startWithWitness(ServerProgram program, List<String> flags) {
        return startWithWitness(program, flags, program);
    }

    /// As above; the witness is started in another way.
    static ClusterProcesses startWithWitness(ServerProgram program, List<String> flags, ServerProgram ofWitness) {
        var plan = Plan.of(program, 3);
        var cluster = new ClusterProcesses(
                plan.folder(),
                List.of(plan.member(0, flags), plan.member(1, flags)),
                Optional.of(plan.with(ofWitness).witness(2)));
        cluster.startStopped();
        return cluster;
    }

    /// Who is where.
    private record Plan(ServerProgram program, DataFolder folder, List<Integer> ports, int size) {
        static Plan of(ServerProgram program, int size) {
            return new Plan(program, DataFolder.create("cluster-"), FreePorts.take(2 * size), size);
        }

        Plan with(ServerProgram other) {
            return new Plan(other, folder, ports, size);
        }

        MemberProcess member(int index, List<String> flags) {
            var clients = url(ports.get(index));
            return process(
                    index,
                    join(List.of("--listen-client-urls=" + clients, "--advertise-client-urls=" + clients), flags));
        }

        /// In the place of clients it serves its health.
        MemberProcess witness(int index) {
            return process(index, List.of("--role=witness", "--listen-metrics-urls=" + url(ports.get(index))));
        }

        private MemberProcess process(int index, List<String> flags) {
            var peers = url(ports.get(size + index));
            var own = List.of(
                    "--name=" + name(index),
                    "--data-dir=" + folder.path().resolve(name(index)),
                    "--listen-peer-urls=" + peers,
                    "--initial-advertise-peer-urls=" + peers,
                    "--initial-cluster="
                            + IntStream.range(0, size)
                                    .mapToObj(i -> name(i) + "=" + url(ports.get(size + i)))
                                    .collect(Collectors.joining(",")));
            return new MemberProcess(
                    name(index),
                    program.with(join(own, flags)),
                    "127.0.0.1:" + ports.get(index),
                    folder.path().resolve(name(index) + ".log"));
        }
    }

    /// Where the members keep their data and their logs.
    public Path folder() {
        return folder.path();
    }

    /// Those that serve clients.
    public List<MemberProcess> members() {
        return members;
    }

    /// It has no clients: its endpoint is that of its health.
    public MemberProcess witness() {
        return witness.orElseThrow();
    }

    List<String> endpoints() {
        return members.stream().map(MemberProcess::endpoint).toList();
    }

    /// The member that leads, as it says itself, once one does.
    MemberProcess leader() {
        return Awaitility.await()
                .atMost(READY_LIMIT)
                .ignoreException(StatusRuntimeException.class)
                .until(this::leading, Optional::isPresent)
                .orElseThrow();
    }

    private Optional<MemberProcess> leading() {
        return members.stream()
                .filter(MemberProcess::alive)
                .filter(member -> MemberView.of(member.endpoint(), MemberView::leads))
                .findFirst();
    }

    /// Some member that does not lead.
    public MemberProcess follower() {
        var leader = leader();
        return members.stream()
                .filter(member -> member != leader)
                .findFirst()
                .orElseThrow(() -> new AssertionError("a cluster of one has no follower"));
    }

    /// Starts those members that do not run, and waits until all serve clients.
    public void startStopped() {
        var stopped = Stream.concat(members.stream(), witness.stream())
                .filter(member -> !member.alive())
                .toList();
        stopped.forEach(MemberProcess::start);
        stopped.forEach(member -> member.awaitReady(READY_LIMIT));
    }

    /// What each member wrote last.
    String story() {
        return members.stream()
                .map(member -> member.name() + ":\n" + member.endOfLog())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        members.forEach(MemberProcess::close);
        witness.ifPresent(MemberProcess::close);
        folder.close();
    }

    private static String name(int index) {
        return "m" + (index + 1);
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    private static List<String> join(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
