package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.proto.peer.v1.SnapshotChunk;
import io.metastore.proto.peer.v1.SnapshotRequest;
import io.metastore.server.model.MemberId;
import io.metastore.server.raft.peer.PeerClients;
import io.metastore.server.raft.peer.PeerLoops;
import io.metastore.server.raft.peer.PeerPages;
import io.metastore.server.raft.peer.PeerTls;
import io.metastore.server.request.Outcome;
import io.metastore.server.tls.Issued;
import io.metastore.server.tls.PeerCertificates;
import io.metastore.server.tls.Security;
import io.metastore.server.tls.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Members that talk over TLS, in both directions, and those that they do not talk to.
@Timeout(120)
class PeerTlsIT {
    private static final byte[] HTTP2_PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.US_ASCII);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestAuthority authority = new TestAuthority("authority");
    private final List<Issued> certificates =
            List.of(authority.issue("member-1"), authority.issue("member-2"), authority.issue("member-3"));
    private Issued third = certificates.getLast();

    @TempDir
    Path directory = Path.of("");

    @Test
    void threeMembersElectAndReplicate() throws IOException {
        try (var cluster = cluster()) {
            assertThat(cluster.leader().put("a", "1").join()).isInstanceOf(Outcome.PutDone.class);
            // Through a follower: the forwarded entry, the question for the read and the answer are encrypted too.
            var follower = cluster.followers().getFirst();
            assertThat(follower.put("b", "2").join()).isInstanceOf(Outcome.PutDone.class);
            assertThat(follower.read("b")).isPresent();
            cluster.awaitEqual();
            assertThat(follower.consensus().members())
                    .allSatisfy(member -> assertThat(member.peerUrls()).allMatch(url -> url.startsWith("https://")));

            cluster.kill(cluster.leader());
            assertThat(cluster.leader().put("c", "3").join()).isInstanceOf(Outcome.PutDone.class);
        }
    }

    @Test
    void aMemberWithAWrongCertificateTakesNoPart() throws IOException {
        try (var cluster = cluster()) {
            assertThat(cluster.leader().put("a", "1").join()).isInstanceOf(Outcome.PutDone.class);
            cluster.awaitEqual();
            for (var wrong : List.of(
                    new TestAuthority("another").issue("member-3"),
                    authority.expired("member-3"),
                    authority.issue("member-4"),
                    authority.issue("member-3", List.of("192.0.2.1")))) {
                var excluded = cluster.running(new MemberId(3)).orElseThrow();
                cluster.kill(excluded);
                third = wrong;
                var again = cluster.start(new MemberId(3));
                assertThat(cluster.leader()
                                .put("key", "of " + wrong.certificate().getSerialNumber())
                                .join())
                        .isInstanceOf(Outcome.PutDone.class);
                assertThat(again.consensus().state().hasLeader()).isFalse();
            }

            cluster.kill(cluster.running(new MemberId(3)).orElseThrow());
            third = authority.issue("member-3");
            cluster.start(new MemberId(3));
            cluster.awaitEqual();
        }
    }

    @Test
    void nobodyElseIsAnswered() throws Exception {
        try (var cluster = cluster()) {
            var address = cluster.address(new MemberId(1));
            assertThat(answerTo(new Socket(address.host(), address.port()))).isEmpty();

            var trusting = SSLContext.getInstance("TLS");
            trusting.init(null, new TrustManager[] {new Credulous()}, null);
            var socket = (SSLSocket)
                    trusting.getSocketFactory().createSocket(InetAddress.getByName(address.host()), address.port());
            assertThatThrownBy(() -> answerTo(socket)).isInstanceOf(IOException.class);
            assertThat(cluster.leader().put("a", "1").join()).isInstanceOf(Outcome.PutDone.class);
        }
    }

    @Test
    void pagesAreShownToWhoShowsACertificateOnly() throws Exception {
        try (var cluster = cluster()) {
            var asked = cluster.running(new MemberId(1)).orElseThrow();
            asked.consensus()
                    .show(path -> Optional.of(answer -> answer.accept(new PeerPages.Answer(200, Map.of(), path))));
            var page = HttpRequest.newBuilder(URI.create("https://" + cluster.address(asked.id()) + "/version"))
                    .build();

            var own = security(new MemberId(2)).orElseThrow().outgoing().context();
            try (var member = HttpClient.newBuilder().sslContext(own).build()) {
                assertThat(member.send(page, BodyHandlers.ofString()).body()).isEqualTo("/version");
            }
            var trusting = SSLContext.getInstance("TLS");
            trusting.init(null, new TrustManager[] {new Credulous()}, null);
            try (var stranger = HttpClient.newBuilder().sslContext(trusting).build()) {
                assertThatThrownBy(() -> stranger.send(page, BodyHandlers.ofString()))
                        .isInstanceOf(IOException.class);
            }
            assertThat(cluster.leader().put("a", "1").join()).isInstanceOf(Outcome.PutDone.class);
        }
    }

    @Test
    void aStateIsGivenToWhoShowsACertificateOnly() throws IOException {
        var request = SnapshotRequest.newBuilder().setEngine("memory").build();
        try (var cluster = cluster()) {
            assertThat(cluster.leader().put("a", "1").join()).isInstanceOf(Outcome.PutDone.class);
            var address = cluster.address(cluster.leader().id()).toString();
            var security = security(new MemberId(2)).map(both -> PeerTls.client(both.outgoing()));
            try (var member = new PeerClients(TestCluster.CLUSTER, PATIENCE, new PeerLoops(), security);
                    var stranger = new PeerClients(TestCluster.CLUSTER, PATIENCE, new PeerLoops(), Optional.empty())) {
                var chunks = new ArrayList<SnapshotChunk>();
                member.snapshot(address, request).forEach(chunks::add);
                assertThat(chunks).hasSizeGreaterThan(1);
                assertThatThrownBy(() -> stranger.snapshot(address, request).forEach(chunks::add))
                        .hasMessageStartingWith("UNAVAILABLE");
            }
        }
    }

    /// What comes back to who speaks HTTP/2, until the other side closes.
    private static String answerTo(Socket connected) throws IOException {
        try (var socket = connected) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(HTTP2_PREFACE);
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private TestCluster cluster() throws IOException {
        return TestCluster.overTls(directory.resolve("members"), TestCluster.quick(), this::security);
    }

    private Optional<Security.Peers> security(MemberId id) {
        var own = id.number() == 3 ? third : certificates.get((int) id.number() - 1);
        return Optional.of(PeerCertificates.mutual(directory, own, authority));
    }

    /// Believes everything, to see who is asked for a certificate.
    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // believed
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // believed
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
