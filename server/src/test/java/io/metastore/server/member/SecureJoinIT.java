package io.metastore.server.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.protobuf.ByteString;
import etcdserverpb.KVGrpc;
import etcdserverpb.RangeRequest;
import io.grpc.ManagedChannel;
import io.metastore.server.config.TransportSecurity;
import io.metastore.server.grpc.SecureClient;
import io.metastore.server.process.DataFolder;
import io.metastore.server.process.ServerProgram;
import io.metastore.server.readme.Shell;
import io.metastore.server.tls.TestAuthority;
import io.metastore.server.tls.TestSecurity;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Members join a cluster in which everybody shows a certificate to everybody, with what `etcdctl member add` prints,
/// while clients write.
class SecureJoinIT {
    private static final int CLIENTS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DataFolder files = DataFolder.create("secure-join-");
    private final TestAuthority authority = new TestAuthority("authority");
    private final String trusted = authority.write(files.path(), "authority");
    private final Map<String, String> shown = Map.of(
            "cert", authority.issue("member").write(files.path(), "member").certificate(),
            "key", files.path().resolve("member.key").toString());
    private final TransportSecurity client =
            TestSecurity.mutual(authority.issue("client").write(files.path(), "client"), trusted);

    @AfterEach
    void deleteFiles() {
        files.close();
    }

    @Test
    void membersJoinOverTlsAsToldAndNothingThatWasAcknowledgedIsLost() {
        try (var cluster = new GrowingCluster(ServerProgram.underTest(), flags())) {
            var etcdctl = Shell.withEtcdctl(cluster.folder(), cluster.clientUrl("m1"));
            assumeThat(etcdctl).as("there is no etcdctl on this machine").isPresent();
            var play = new MembersPlay(cluster, secure(etcdctl.orElseThrow()));
            cluster.start("m1", cluster.founding());
            var channel = connect(cluster, "m1");
            try (var writers = new SteadyWriters(channel, CLIENTS)) {
                awaitWrites(writers);

                assertThat(play.play("~ etcdctl member add m2 --learner --peer-urls=PEER-m2"))
                        .contains("added as learner");
                play.play("+ start m2");
                assertThat(play.play("~ etcdctl member promote ID-m2")).contains("promoted in cluster");
                awaitWrites(writers);
                assertThat(play.play("~ etcdctl member add m3 --peer-urls=PEER-m3"))
                        .contains("added to cluster");
                play.play("+ start m3");
                awaitWrites(writers);

                writers.stop();
                assertThat(writers.unexpected()).isEmpty();
                for (var name : List.of("m1", "m2", "m3")) {
                    assertThat(keys(cluster, name)).as(name).containsAll(writers.acknowledged());
                }
            } finally {
                channel.shutdownNow();
            }
            assertThat(play.play("$ etcdctl member list").lines())
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line).contains(", started, ").endsWith(", false"));
        }
    }

    /// Each client may have had its last write acknowledged before; the next one of each, as many as all, is new.
    private static void awaitWrites(SteadyWriters writers) {
        int before = writers.count();
        Awaitility.await("writes").atMost(PATIENCE).until(() -> writers.count() > before + 2 * CLIENTS);
    }

    private Set<String> keys(GrowingCluster cluster, String member) {
        var channel = connect(cluster, member);
        try {
            return KVGrpc.newBlockingStub(channel)
                    .withMaxInboundMessageSize(Integer.MAX_VALUE)
                    .range(RangeRequest.newBuilder()
                            .setKey(ByteString.copyFromUtf8("w/"))
                            .setRangeEnd(ByteString.copyFromUtf8("w0"))
                            .setKeysOnly(true)
                            .build())
                    .getKvsList()
                    .stream()
                    .map(kv -> kv.getKey().toStringUtf8())
                    .collect(Collectors.toSet());
        } finally {
            channel.shutdownNow();
        }
    }

    private ManagedChannel connect(GrowingCluster cluster, String member) {
        var url = URI.create(cluster.clientUrl(member));
        return SecureClient.connect(new InetSocketAddress(url.getHost(), url.getPort()), client);
    }

    private Shell secure(Shell shell) {
        var environment = new HashMap<>(shell.environment());
        environment.put("ETCDCTL_CACERT", trusted);
        environment.put("ETCDCTL_CERT", client.own().certificate());
        environment.put("ETCDCTL_KEY", client.own().key());
        return new Shell(shell.folder(), environment);
    }

    /// Of both sides, that for clients and that for peers.
    private List<String> flags() {
        return Stream.of("", "peer-")
                .flatMap(side -> Stream.of(
                        "--" + side + "cert-file=" + shown.get("cert"),
                        "--" + side + "key-file=" + shown.get("key"),
                        "--" + side + "trusted-ca-file=" + trusted,
                        "--" + side + "client-cert-auth"))
                .toList();
    }
}
