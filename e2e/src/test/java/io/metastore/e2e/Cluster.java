package io.metastore.e2e;

import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Member processes that found a cluster together.
final class Cluster implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final DataFolder folder = DataFolder.create("e2e-");
    private final List<MemberProcess> members;

    private Cluster(String host, int size) {
        var ports = FreePorts.take(2 * size);
        var founders = IntStream.range(0, size)
                .mapToObj(i -> "m" + i + "=http://127.0.0.1:" + ports.get(2 * i + 1))
                .collect(Collectors.joining(","));
        var made = new ArrayList<MemberProcess>();
        for (int i = 0; i < size; i++) {
            var client = "127.0.0.1:" + ports.get(2 * i);
            var peer = "http://127.0.0.1:" + ports.get(2 * i + 1);
            var flags = List.of(
                    "--name=m" + i,
                    "--data-dir=" + folder.path().resolve("m" + i),
                    "--listen-client-urls=http://" + host + ":" + ports.get(2 * i),
                    "--advertise-client-urls=http://" + client,
                    "--listen-peer-urls=" + peer,
                    "--initial-advertise-peer-urls=" + peer,
                    "--initial-cluster=" + founders);
            made.add(new MemberProcess(
                    "m" + i,
                    ServerProgram.underTest().with(flags),
                    client,
                    folder.path().resolve("m" + i + ".log")));
        }
        members = List.copyOf(made);
    }

    /// Starts them and returns when all serve clients, of this machine only.
    static Cluster start(int size) {
        return start("127.0.0.1", size);
    }

    /// @param host the address on which clients are served
    static Cluster start(String host, int size) {
        var cluster = new Cluster(host, size);
        try {
            cluster.startAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /// Starts those that do not run.
    void startAll() {
        var stopped = members.stream().filter(member -> !member.alive()).toList();
        stopped.forEach(MemberProcess::start);
        stopped.forEach(member -> member.awaitReady(START_LIMIT));
    }

    List<MemberProcess> members() {
        return members;
    }

    @Override
    public void close() {
        members.forEach(MemberProcess::close);
        folder.close();
    }
}
