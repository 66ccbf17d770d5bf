package io.metastore.server.etcdctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import io.metastore.server.readme.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Command lines of `etcdctl`: files say what they print against the real etcd 3.7.1, and how they end. What differs
/// from run to run (times, ids that a server chose) the lines take out themselves.
///
///     … -Detcd.program=/path/etcd                          needs the etcdctl beside it, or one on the path
///     … -Detcd.program=/path/etcd -Dgolden.update=true     records anew
class EtcdctlIT {
    private static final Path FOLDER = Path.of("src/test/resources/io/metastore/server/etcdctl");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {"keys", "watches-and-leases", "locks-and-elections", "maintenance", "downgrade", "users"})
    void etcdctlPrintsWhatItPrintsAgainstEtcd(String name) throws IOException {
        var file = FOLDER.resolve(name + ".txt");
        var recorded = Files.readString(file);
        var commands = recorded.lines().filter(line -> line.startsWith("$ ")).toList();
        var program = UPDATE ? ServerProgram.etcd().orElseThrow() : ServerProgram.underTest();
        try (var folder = DataFolder.create("etcdctl-");
                var member = member(program, folder)) {
            var shell = Shell.withEtcdctl(folder.path(), member.endpoint());
            assumeThat(shell).as("there is no etcdctl on this machine").isPresent();
            member.start();
            member.awaitReady(PATIENCE);

            var printed = commands.stream()
                    .map(command -> command + "\n" + run(shell.orElseThrow(), command.substring(2)))
                    .collect(Collectors.joining());

            if (UPDATE) {
                Files.writeString(file, printed);
            } else {
                assertThat(printed).isEqualTo(recorded);
            }
        }
    }

    /// Without the lines that the client logs, which hold times.
    private static String run(Shell shell, String command) {
        var ended = shell.run(command);
        var output = ended.output()
                .lines()
                .filter(line -> !line.startsWith("{\"level\""))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return ended.exitCode() == 0 ? output : output + "[" + ended.exitCode() + "]\n";
    }

    private static MemberProcess member(ServerProgram program, DataFolder folder) {
        var ports = FreePorts.take(2);
        var client = "127.0.0.1:" + ports.get(0);
        var peer = "http://127.0.0.1:" + ports.get(1);
        var flags = List.of(
                "--data-dir=" + folder.path().resolve("data"),
                "--bcrypt-cost=4",
                "--listen-client-urls=http://" + client,
                "--advertise-client-urls=http://" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer);
        return new MemberProcess(
                "etcdctl", program.with(flags), client, folder.path().resolve("log"));
    }
}
