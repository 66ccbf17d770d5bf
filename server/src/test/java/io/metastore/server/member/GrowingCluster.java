package io.metastore.server.member;

import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Members named m1 to m4, each with an address from the beginning; m1 founds the cluster alone.
final class GrowingCluster implements AutoCloseable {
    private static final List<String> NAMES = List.of("m1", "m2", "m3", "m4");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final ServerProgram program;
    private final List<String> security;
    private final DataFolder folder = DataFolder.create("members-");
    private final Map<String, Integer> clientPorts = new TreeMap<>();
    private final Map<String, Integer> peerPorts = new TreeMap<>();
    private final Map<String, MemberProcess> members = new TreeMap<>();

    /// In plain text.
    GrowingCluster(ServerProgram program) {
        this(program, List.of());
    }

    /// @param security flags with which all members speak TLS among each other and with clients; none for plain text
    GrowingCluster(ServerProgram program, List<String> security) {
        this.program = program;
        this.security = List.copyOf(security);
        var ports = FreePorts.take(2 * NAMES.size());
        for (int i = 0; i < NAMES.size(); i++) {
            clientPorts.put(NAMES.get(i), ports.get(i));
            peerPorts.put(NAMES.get(i), ports.get(NAMES.size() + i));
        }
    }

    Path folder() {
        return folder.path();
    }

    String clientUrl(String name) {
        return url(port(clientPorts, name));
    }

    String peerUrl(String name) {
        return url(port(peerPorts, name));
    }

    private static int port(Map<String, Integer> ports, String name) {
        return Optional.ofNullable(ports.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no member " + name));
    }

    private String url(int port) {
        return (security.isEmpty() ? "http" : "https") + "://127.0.0.1:" + port;
    }

    /// The addresses of those that run.
    String endpoints() {
        return members.keySet().stream()
                .filter(name -> member(name).alive())
                .map(this::clientUrl)
                .collect(Collectors.joining(","));
    }

    /// Starts a member for the first time with these settings besides its addresses; waits until it serves.
    void start(String name, Map<String, String> settings) {
        create(name, settings).start();
        member(name).awaitReady(PATIENCE);
    }

    /// A member that does not run yet.
    MemberProcess create(String name, Map<String, String> settings) {
        var flags = new ArrayList<>(List.of(
                "--name=" + name,
                "--data-dir=" + folder.path().resolve(name),
                "--listen-peer-urls=" + peerUrl(name),
                "--initial-advertise-peer-urls=" + peerUrl(name)));
        flags.addAll(servingAt(clientUrl(name), settings));
        flags.addAll(security);
        settings.forEach((flag, value) -> flags.add("--" + flag + "=" + value));
        var member = new MemberProcess(
                name,
                program.with(flags),
                "127.0.0.1:" + clientPorts.get(name),
                folder.path().resolve(name + ".log"));
        members.put(name, member);
        return member;
    }

    /// A witness serves no clients; it tells how it is.
    private static List<String> servingAt(String url, Map<String, String> settings) {
        return settings.getOrDefault("role", "data").equals("witness")
                ? List.of("--listen-metrics-urls=" + url)
                : List.of("--listen-client-urls=" + url, "--advertise-client-urls=" + url);
    }

    /// The settings of the member that founds the cluster.
    Map<String, String> founding() {
        return Map.of("initial-cluster", "m1=" + peerUrl("m1"));
    }

    MemberProcess member(String name) {
        var member = members.get(name);
        if (member == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return member;
    }

    /// The text without what differs from run to run, except for ids.
    String withNames(String text) {
        var named = text;
        for (var name : NAMES) {
            named = named.replace(clientUrl(name), "CLIENT-" + name).replace(peerUrl(name), "PEER-" + name);
        }
        return named;
    }

    /// The text with addresses in the place of names.
    String withAddresses(String text) {
        var addressed = text;
        for (var name : NAMES) {
            addressed = addressed.replace("CLIENT-" + name, clientUrl(name)).replace("PEER-" + name, peerUrl(name));
        }
        return addressed;
    }

    @Override
    public void close() {
        members.values().forEach(MemberProcess::close);
        folder.close();
    }
}
