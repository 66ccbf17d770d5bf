package io.metastore.operator.member;

import io.metastore.operator.member.Membership.Peer;
import io.metastore.operator.model.Role;
import io.metastore.operator.tls.Authority;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/// Members as processes that speak TLS to each other, as the operator's Pods do.
final class RealMembers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration VALID = Duration.ofDays(1);

    private final Members members = new GrpcMembers();
    private final ServerProgram program = ServerProgram.underTest();
    private final Path folder;
    private final Authority.Issued issued = Authority.make("test peers", Instant.now(), VALID);
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, MemberProcess> running = new LinkedHashMap<>();

    private record Place(int clientPort, int peerPort) {
        String peerUrl() {
            return "https://localhost:" + peerPort;
        }
    }

    /// Something that is asked of the members that were seen.
    @FunctionalInterface
    interface Change {
        void make(Membership known) throws MemberException;
    }

    RealMembers(Path folder) {
        this.folder = folder;
    }

    /// Starts the first member.
    void found(String name) {
        var url = place(name);
        run(name, Role.VOTER, name + "=" + url, "new").awaitReady(PATIENCE);
    }

    /// Decides where a member will be.
    ///
    /// @return its peer URL
    String place(String name) {
        var ports = FreePorts.take(2);
        var place = new Place(ports.getFirst(), ports.getLast());
        places.put(name, place);
        return place.peerUrl();
    }

    /// Adds a member, starts it and returns when the others hear it.
    void join(String name, Role role) {
        var url = place(name);
        var asked = running.keySet().iterator().next();
        untilDone(known -> members.add(address(asked), url, role, known.version()));
        start(name, role);
    }

    /// Starts a member that was added, and returns when it is well.
    void start(String name, Role role) {
        var url = Objects.requireNonNull(places.get(name)).peerUrl();
        var cluster = look().members().stream()
                .map(peer -> (peer.peerUrls().contains(url) ? name : peer.name()) + "="
                        + peer.peerUrls().getFirst())
                .collect(Collectors.joining(","));
        run(name, role, cluster, "existing");
        until(known -> known.pending().isEmpty()
                && known.members().stream().anyMatch(peer -> peer.name().equals(name) && peer.healthy()));
    }

    private MemberProcess run(String name, Role role, String cluster, String state) {
        var place = Objects.requireNonNull(places.get(name));
        var flags = new ArrayList<String>();
        if (role == Role.WITNESS) {
            flags.add("--role=witness");
        } else {
            var clients = "http://127.0.0.1:" + place.clientPort();
            flags.add("--listen-client-urls=" + clients);
            flags.add("--advertise-client-urls=" + clients);
        }
        flags.addAll(List.of(
                "--name=" + name,
                "--data-dir=" + folder.resolve(name),
                "--listen-peer-urls=" + place.peerUrl().replace("localhost", "127.0.0.1"),
                "--initial-advertise-peer-urls=" + place.peerUrl(),
                "--initial-cluster=" + cluster,
                "--initial-cluster-state=" + state,
                "--peer-client-cert-auth=true",
                "--peer-skip-client-san-verification=true"));
        flags.addAll(certificates(name));
        var process = new MemberProcess(
                name, program.with(flags), "127.0.0.1:" + place.clientPort(), folder.resolve(name + ".log"));
        running.put(name, process);
        process.start();
        return process;
    }

    private List<String> certificates(String name) {
        try {
            var own = Authority.read(issued.certificate(), issued.key())
                    .issue(name, List.of("localhost"), Instant.now(), VALID);
            return List.of(
                    "--peer-cert-file=" + write(name + ".crt", own.certificate()),
                    "--peer-key-file=" + write(name + ".key", own.key()),
                    "--peer-trusted-ca-file=" + write("ca.crt", issued.certificate()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path write(String file, String text) {
        try {
            return Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address(String name) {
        return process(name).endpoint();
    }

    void stop(String name) {
        process(name).kill();
    }

    private MemberProcess process(String name) {
        return Objects.requireNonNull(running.get(name));
    }

    /// What they say once they say that.
    Membership until(Predicate<Membership> so) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsMatching(IllegalStateException.class::isInstance)
                .until(this::look, so);
    }

    /// That many, all of them well, and nothing is pending.
    Membership steady(int count) {
        return until(known -> known.isQuorate()
                && known.pending().isEmpty()
                && known.members().size() == count
                && known.members().stream().allMatch(Peer::healthy));
    }

    /// Makes a change; again with what is seen then, while the members refuse it as too early.
    void untilDone(Change change) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsMatching(
                        failure -> failure instanceof MemberException || failure instanceof IllegalStateException)
                .until(() -> {
                    change.make(look());
                    return true;
                });
    }

    /// The first answer of one that a majority agrees with.
    private Membership look() {
        for (var place : places.entrySet()) {
            if (!running.containsKey(place.getKey())) {
                continue;
            }
            try {
                var known = members.membership(address(place.getKey()));
                if (known.isQuorate()) {
                    return known;
                }
            } catch (MemberException _) {
                // A witness does not answer, and neither does one that left: the next one is asked.
            }
        }
        throw new IllegalStateException("no member answers");
    }

    @Override
    public void close() {
        running.values().forEach(MemberProcess::close);
    }
}
