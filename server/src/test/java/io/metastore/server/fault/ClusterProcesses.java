package io.metastore.server.fault;

import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A cluster of processes on this machine, with ports and folders of its own.
public final class ClusterProcesses implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(40);

    private final DataFolder folder;
    private final List<MemberProcess> members;

    private ClusterProcesses(DataFolder folder, List<MemberProcess> members) {
        this.folder = folder;
        this.members = List.copyOf(members);
    }

    /// Starts all members and returns when all of them serve clients.
    ///
    /// @param size number of members, at least 1
    /// @param flags etcd's flags for every member, besides names, URLs and folders
    public static ClusterProcesses start(ServerProgram program, int size, List<String> flags) {
        var folder = DataFolder.create("cluster-");
        var ports = FreePorts.take(2 * size);
        var initial = IntStream.range(0, size)
                .mapToObj(i -> name(i) + "=" + url(ports.get(size + i)))
                .collect(Collectors.joining(","));
        var members = new ArrayList<MemberProcess>();
        for (int i = 0; i < size; i++) {
            var own = List.of(
                    "--name=" + name(i),
                    "--data-dir=" + folder.path().resolve(name(i)),
                    "--listen-client-urls=" + url(ports.get(i)),
                    "--advertise-client-urls=" + url(ports.get(i)),
                    "--listen-peer-urls=" + url(ports.get(size + i)),
                    "--initial-advertise-peer-urls=" + url(ports.get(size + i)),
                    "--initial-cluster=" + initial);
            members.add(new MemberProcess(
                    name(i),
                    program.with(join(own, flags)),
                    "127.0.0.1:" + ports.get(i),
                    folder.path().resolve(name(i) + ".log")));
        }
        var cluster = new ClusterProcesses(folder, members);
        cluster.startStopped();
        return cluster;
    }

    /// Where the members keep their data and their logs.
    public Path folder() {
        return folder.path();
    }

    public List<MemberProcess> members() {
        return members;
    }

    List<String> endpoints() {
        return members.stream().map(MemberProcess::endpoint).toList();
    }

    /// The member that leads, as it says itself.
    ///
    /// @throws AssertionError when none that runs does
    MemberProcess leader() {
        return members.stream()
                .filter(MemberProcess::alive)
                .filter(member -> MemberView.of(member.endpoint(), MemberView::leads))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no member leads"));
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
        var stopped = members.stream().filter(member -> !member.alive()).toList();
        stopped.forEach(MemberProcess::start);
        stopped.forEach(member -> member.awaitReady(READY_LIMIT));
    }

    @Override
    public void close() {
        members.forEach(MemberProcess::close);
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
