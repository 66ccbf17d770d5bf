package io.metastore.server;

import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The real etcd with its tools, from one directory.
///
/// @param ports of the members that it runs, one at a time
record RealEtcd(ServerProgram program, RestoredMember.Ports ports) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Runs etcd on a data directory, which may be a restored one.
    MemberProcess start(Path dataDir) {
        var member = new MemberProcess(
                "etcd",
                program.with(List.of(
                        "--data-dir=" + dataDir,
                        "--listen-client-urls=" + clientUrl(),
                        "--advertise-client-urls=" + clientUrl(),
                        "--listen-peer-urls=" + peerUrl(),
                        "--initial-advertise-peer-urls=" + peerUrl(),
                        "--initial-cluster=default=" + peerUrl())),
                endpoint(),
                dataDir.resolveSibling(dataDir.getFileName() + ".log"));
        member.start();
        member.awaitReady(PATIENCE);
        return member;
    }

    String endpoint() {
        return "127.0.0.1:" + ports.client();
    }

    String clientUrl() {
        return "http://127.0.0.1:" + ports.client();
    }

    /// `etcdutl snapshot restore` for a member that `start` can run.
    void restore(Path snapshot, Path dataDir, String... more) {
        var words = Stream.concat(
                Stream.of(
                        "snapshot",
                        "restore",
                        snapshot.toString(),
                        "--data-dir=" + dataDir,
                        "--initial-cluster=default=" + peerUrl(),
                        "--initial-advertise-peer-urls=" + peerUrl()),
                Stream.of(more));
        var _ = run("etcdutl", words.toArray(String[]::new));
    }

    /// What the tool prints on its standard output.
    ///
    /// @throws AssertionError when it fails
    String run(String tool, String... words) {
        var command = Stream.concat(
                        Stream.of(Path.of(program.command().getFirst())
                                .resolveSibling(tool)
                                .toString()),
                        Stream.of(words))
                .toList();
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(command + " failed: " + text);
            }
            return text;
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String peerUrl() {
        return "http://127.0.0.1:" + ports.peer();
    }
}
