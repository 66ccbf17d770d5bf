package io.metastore.server.differential;

import io.metastore.server.config.CertificateFiles;
import io.metastore.server.process.DataFolder;
import io.metastore.server.tls.TestAuthority;
import io.metastore.server.tls.TestSecurity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Three members inside this JVM that speak TLS among each other and with clients, and ask all of them for
/// certificates. Cases go to its members in turns.
final class SecureCluster implements AutoCloseable {
    private static final int MEMBERS = 3;

    private final DataFolder folder = DataFolder.create("differential-secure-");
    private final List<LocalServer> members;
    private int turn;

    private SecureCluster(DistinctPorts free) {
        var authority = new TestAuthority("authority");
        var trusted = authority.write(folder.path(), "authority");
        var own = authority.issue("member").write(folder.path(), "member");
        var client = authority.issue("client").write(folder.path(), "client");
        var context = TestSecurity.client(TestSecurity.mutual(client, trusted)).context();
        var ports = IntStream.range(0, MEMBERS).mapToObj(_ -> free.takeTwo()).toList();
        var starting = ports.stream()
                .map(pair -> CompletableFuture.supplyAsync(() -> {
                    var address = new Address("127.0.0.1:" + pair.getFirst(), Optional.of(context));
                    var home = DataFolder.create("differential-");
                    var flags = new ArrayList<>(flags(pair, ports, own, trusted));
                    flags.add("--data-dir=" + home.path().resolve("data"));
                    return LocalServer.start(home, address, flags);
                }))
                .toList();
        members = starting.stream().map(CompletableFuture::join).toList();
    }

    /// Returns when all members serve clients.
    static SecureCluster start(DistinctPorts free) {
        return new SecureCluster(free);
    }

    /// The case's transcript, played on the next member.
    synchronized String play(Script.Case script) {
        var member = members.get(turn++ % MEMBERS);
        return CaseRunner.play(script, member, Housekeeping.empty(member.address()));
    }

    @Override
    public void close() {
        members.forEach(LocalServer::close);
        folder.close();
    }

    private static List<String> flags(
            List<Integer> own, List<List<Integer>> all, CertificateFiles shown, String trusted) {
        var flags = new ArrayList<>(List.of(
                "--storage=memory",
                "--name=" + name(own),
                "--listen-client-urls=" + url(own.getFirst()),
                "--advertise-client-urls=" + url(own.getFirst()),
                "--listen-peer-urls=" + url(own.getLast()),
                "--initial-advertise-peer-urls=" + url(own.getLast()),
                "--initial-cluster="
                        + all.stream()
                                .map(pair -> name(pair) + "=" + url(pair.getLast()))
                                .collect(Collectors.joining(","))));
        for (var side : List.of("", "peer-")) {
            flags.add("--" + side + "cert-file=" + shown.certificate());
            flags.add("--" + side + "key-file=" + shown.key());
            flags.add("--" + side + "trusted-ca-file=" + trusted);
            flags.add("--" + side + "client-cert-auth");
        }
        return flags;
    }

    private static String name(List<Integer> ports) {
        return "m" + ports.getFirst();
    }

    private static String url(int port) {
        return "https://127.0.0.1:" + port;
    }
}
