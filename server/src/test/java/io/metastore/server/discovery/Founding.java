package io.metastore.server.discovery;

import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Processes with ports and folders of their own.
final class Founding implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final DataFolder folder = DataFolder.create("discovery-");
    private final List<MemberProcess> members = new ArrayList<>();

    /// A member that was not started yet.
    MemberProcess member(ServerProgram program, String name, List<String> flags) {
        var ports = FreePorts.take(2);
        var peer = "http://127.0.0.1:" + ports.getLast();
        return member(
                program,
                name,
                ports.getFirst(),
                Stream.concat(
                                Stream.of("--listen-peer-urls=" + peer, "--initial-advertise-peer-urls=" + peer),
                                flags.stream())
                        .toList());
    }

    /// A member whose flags name its peer URLs.
    ///
    /// @param port for clients
    MemberProcess member(ServerProgram program, String name, int port, List<String> flags) {
        var client = "http://127.0.0.1:" + port;
        var own = Stream.of(
                "--name=" + name,
                "--data-dir=" + folder.path().resolve(name),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client);
        var member = new MemberProcess(
                name,
                program.with(Stream.concat(own, flags.stream()).toList()),
                "127.0.0.1:" + port,
                folder.path().resolve(name + ".log"));
        members.add(member);
        return member;
    }

    /// A member that founds a cluster of its own and serves.
    MemberProcess alone(ServerProgram program, String name) {
        var member = member(program, name, List.of());
        member.start();
        member.awaitReady(LIMIT);
        return member;
    }

    /// A file for members to read.
    Path file(String name, String content) {
        try {
            return Files.writeString(folder.path().resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a member has said so far.
    String log(MemberProcess member) {
        try {
            return Files.readString(folder.path().resolve(member.name() + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        members.forEach(MemberProcess::close);
        folder.close();
    }
}
