package io.metastore.server.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.dns.NameServer;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Members that a domain names, as processes. The name server is the test's own, and so is the file of hosts: the JVM
/// is
/// told of both by its own properties.
class DnsDiscoveryIT {
    private final Founding founding = new Founding();

    @AfterEach
    void end() {
        founding.close();
    }

    /// They listen and say where they are by address; the domain has names.
    @Test
    void threeMembersFoundTheClusterThatADomainNames() throws IOException {
        var ports = FreePorts.take(6);
        var peers = ports.subList(0, 3);
        var records =
                peers.stream().map(port -> "0 0 " + port + " a.cluster.test.").toList();
        List<MemberProcess> members;
        try (var dns = new NameServer(Map.of("_etcd-server._tcp.cluster.test", records))) {
            members = IntStream.range(0, 3)
                    .mapToObj(i -> member(dns, "m" + (i + 1), peers.get(i), ports.get(3 + i)))
                    .toList();
            members.forEach(MemberProcess::start);
            members.forEach(member -> member.awaitReady(Founding.LIMIT));

            assertThat(Calls.names(members.getFirst())).containsExactlyInAnyOrder("m1", "m2", "m3");
            Calls.write(members.getFirst());
        }

        // With data, nobody needs the domain.
        var again = members.getLast();
        again.kill();
        again.start();
        again.awaitReady(Founding.LIMIT);
        assertThat(Calls.read(again)).isEqualTo("value");
    }

    @Test
    void whomTheDomainDoesNotNameIsRefused() throws IOException {
        var ports = FreePorts.take(2);
        try (var dns = new NameServer(Map.of("_etcd-server._tcp.cluster.test", List.of("0 0 1 a.cluster.test.")))) {
            var stranger = member(dns, "m1", ports.getFirst(), ports.getLast());
            stranger.start();

            assertThat(stranger.awaitEnd()).isEqualTo(1);
            assertThat(founding.log(stranger))
                    .contains("error setting up initial cluster: cannot find local etcd member \"m1\" in SRV records");
        }
    }

    @Test
    void aDomainWithoutRecordsIsRefused() throws IOException {
        var ports = FreePorts.take(2);
        try (var dns = new NameServer(Map.of())) {
            var stranger = member(dns, "m1", ports.getFirst(), ports.getLast());
            stranger.start();

            assertThat(stranger.awaitEnd()).isEqualTo(1);
            assertThat(founding.log(stranger))
                    .contains("error querying DNS SRV records for _etcd-server lookup "
                            + "_etcd-server._tcp.cluster.test: no such host");
        }
    }

    private MemberProcess member(NameServer dns, String name, int peerPort, int clientPort) {
        var environment = Stream.of(
                "env",
                "METASTORE_JAVA_OPTS=-Djava.naming.provider.url=" + dns.url() + " -Djdk.net.hosts.file="
                        + founding.file("hosts", "127.0.0.1 a.cluster.test\n"));
        var program = new ServerProgram(Stream.concat(environment, ServerProgram.underTest().command().stream())
                .toList());
        var peer = "http://127.0.0.1:" + peerPort;
        return founding.member(
                program,
                name,
                clientPort,
                List.of(
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--discovery-srv=cluster.test"));
    }
}
