package io.metastore.e2e.fault;

import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One member: its addresses, its disk and its process. Its name and addresses stay when it is replaced;
/// its id does not.
final class Node {
    /// Where a member is reached.
    ///
    /// @param client port for clients
    /// @param peer port on which it listens to other members
    /// @param proxy port that other members use
    record Addresses(int client, int peer, int proxy) {}

    /// What is the same for all members of a cluster.
    record Setting(ServerProgram program, List<String> flags, Path folder) {}

    private final String name;
    private final Addresses addresses;
    private final Setting setting;
    private final Optional<Disk> disk;
    private final Optional<Clock> clock;
    private MemberProcess process;

    /// @param disk nothing when the data lie in the folder of the run
    /// @param clock nothing when it is the machine's
    Node(String name, Addresses addresses, Setting setting, Optional<Disk> disk, Optional<Clock> clock) {
        this.name = name;
        this.addresses = addresses;
        this.setting = setting;
        this.disk = disk;
        this.clock = clock;
        process = process("new", name + "=" + peerUrl());
    }

    String name() {
        return name;
    }

    String endpoint() {
        return "127.0.0.1:" + addresses.client();
    }

    String peerUrl() {
        return "http://127.0.0.1:" + addresses.proxy();
    }

    Optional<Disk> disk() {
        return disk;
    }

    Optional<Clock> clock() {
        return clock;
    }

    MemberProcess process() {
        return process;
    }

    /// Where its data lie.
    Path data() {
        return setting.folder().resolve(name).resolve("data");
    }

    Path log() {
        return setting.folder().resolve(name + ".log");
    }

    /// The next start founds or joins this cluster, if there are no data.
    ///
    /// @param state `new` or `existing`
    /// @param members as of `--initial-cluster`
    void belongsTo(String state, String members) {
        process = process(state, members);
    }

    /// Deletes all data.
    void wipe() {
        Folder.delete(data());
    }

    private MemberProcess process(String state, String members) {
        var client = "http://127.0.0.1:" + addresses.client();
        var all = new ArrayList<>(List.of(
                "--name=" + name,
                "--data-dir=" + data(),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=http://127.0.0.1:" + addresses.peer(),
                "--initial-advertise-peer-urls=" + peerUrl(),
                "--initial-cluster=" + members,
                "--initial-cluster-state=" + state));
        all.addAll(setting.flags());
        var command = setting.program().with(all);
        return new MemberProcess(name, clock.map(own -> own.command(command)).orElse(command), endpoint(), log());
    }
}
