package io.metastore.server.etcdctl;

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
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A file of command lines of `etcdctl` and what they print: `$ ` begins a command, `[1]` is how it ended, if not well.
///
/// @param recorded the file's text
record CommandLines(Path file, String recorded) {
    static final List<String> FILES =
            List.of("keys", "watches-and-leases", "locks-and-elections", "maintenance", "downgrade", "users");

    private static final Path FOLDER = Path.of("src/test/resources/io/metastore/server/etcdctl");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<Pattern> PASSING = Stream.of(
                    "()\\b[0-9a-f]{12,16}\\b",
                    "()\\b[0-9]{17,20}\\b",
                    "(127\\.0\\.0\\.1:)[0-9]+",
                    "(took = ).*",
                    "(?m)^()20[0-9-]+ [0-9:.]+",
                    "(?m)^(1[06] 3\\.7\\.1) .*$")
            .map(Pattern::compile)
            .toList();

    static CommandLines of(String name) throws IOException {
        var file = FOLDER.resolve(name + ".txt");
        return new CommandLines(file, Files.readString(file));
    }

    /// The commands and what they print against a new cluster of one member.
    ///
    /// @param etcdctl the program, or else the one that is found on this machine
    String printed(ServerProgram program, Optional<Path> etcdctl) {
        try (var folder = DataFolder.create("etcdctl-");
                var member = member(program, folder)) {
            var shell = etcdctl.map(found -> Shell.with(found, folder.path(), member.endpoint()))
                    .or(() -> Shell.withEtcdctl(folder.path(), member.endpoint()));
            assumeThat(shell).as("there is no etcdctl on this machine").isPresent();
            member.start();
            member.awaitReady(PATIENCE);
            return recorded.lines()
                    .filter(line -> line.startsWith("$ "))
                    .map(command -> command + "\n" + run(shell.orElseThrow(), command.substring(2)))
                    .collect(Collectors.joining());
        }
    }

    /// Without what differs from run to run and earlier versions print where the commands do not take it out: ids,
    /// ports, times, sizes of files, and how far the log is.
    static String settled(String printed) {
        return PASSING.stream()
                .reduce(printed, (text, each) -> each.matcher(text).replaceAll("$1*"), (text, _) -> text);
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
