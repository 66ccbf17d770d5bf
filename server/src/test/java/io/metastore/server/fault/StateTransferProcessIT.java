package io.metastore.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import etcdserverpb.KVGrpc;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.MoveLeaderRequest;
import etcdserverpb.PutRequest;
import etcdserverpb.StatusRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import io.metastore.server.raft.LogFiles;
import io.metastore.server.seed.Seed;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A member that needs the whole state of another one, at a rate that leaves time for what goes wrong
/// meanwhile.
@Timeout(300)
class StateTransferProcessIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final List<String> FLAGS =
            List.of("--snapshot-count=1050", "--snapshot-catchup-entries=10", "--snapshot-transfer-rate=" + (4 << 20));

    /// Each travels alone: written one after the other, they are entries of their own. So many of
    /// this size fill a file of the log, 8 MiB, before a checkpoint comes, so that the file can be
    /// let go of then.
    private static final int VALUES = 1100;

    private static final int VALUE_BYTES = 10 << 10;

    /// A quarter of the state, and less than a second at that rate: there are two more for what goes
    /// wrong.
    private static final long SOME_BYTES = 3 << 20;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String SENT = "metastore_snapshot_send_bytes_total";
    private static final String RECEIVED = "metastore_snapshot_receive_bytes_total";
    private static final String RESUMED = "metastore_snapshot_receive_resumed_bytes_total";

    static Stream<List<String>> engines() {
        return FaultSettings.engines()
                .map(engine -> Stream.concat(engine.stream(), FLAGS.stream()).toList());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aReceiverThatIsKilledGoesOnWhereItWas(List<String> flags) {
        try (var cluster = ClusterProcesses.start(ServerProgram.underTest(), 3, flags)) {
            var receiver = leaveBehind(cluster);
            receiver.start();
            Awaitility.await("bytes that came").atMost(LIMIT).until(() -> came(cluster, receiver) >= SOME_BYTES);

            receiver.kill();
            long came = came(cluster, receiver);
            cluster.startStopped();

            awaitEqual(cluster);
            assertThat(metric(receiver, RESUMED)).isGreaterThanOrEqualTo((double) came);
            assertThat(metric(receiver, RECEIVED)).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aSenderThatIsKilledIsReplacedOrComesBack(List<String> flags) {
        try (var cluster = ClusterProcesses.start(ServerProgram.underTest(), 3, flags)) {
            var receiver = leaveBehind(cluster);
            receiver.start();
            awaitSent(cluster, receiver, SOME_BYTES);

            sender(cluster, receiver).kill();
            receiver.awaitReady(LIMIT);
            cluster.startStopped();

            awaitEqual(cluster);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void underLoadAndWhileLeadershipMovesItArrives(List<String> flags) {
        var history = new History();
        try (var cluster = ClusterProcesses.start(ServerProgram.underTest(), 3, flags)) {
            var receiver = leaveBehind(cluster);
            var others = others(cluster, receiver);
            var endpoints = others.stream().map(MemberProcess::endpoint).toList();
            try (var _ = Workload.start(endpoints, 4, history, "load", Seed.take())) {
                receiver.start();
                awaitSent(cluster, receiver, SOME_BYTES / 2);
                moveLeader(others);
                awaitSent(cluster, receiver, SOME_BYTES);
                receiver.awaitReady(LIMIT);
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> metric(receiver, "etcd_network_snapshot_receive_success") > 0);
            }

            awaitEqual(cluster);
            assertThat(history.operations())
                    .extracting(Operation::answer)
                    .hasAtLeastOneElementOfType(Operation.Answer.Written.class);
        }
    }

    /// A follower that is stopped, while so much is written that the others' logs do not reach back
    /// to it any more.
    private static MemberProcess leaveBehind(ClusterProcesses cluster) {
        var receiver = cluster.follower();
        receiver.kill();
        write(cluster.leader());
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> others(cluster, receiver).stream()
                        .allMatch(member -> LogFiles.firstIndex(cluster.folder()
                                        .resolve(member.name())
                                        .resolve("metastore")
                                        .resolve("raft"))
                                > VALUES / 2));
        return receiver;
    }

    private static void write(MemberProcess leader) {
        var channel = channel(leader);
        try {
            var store = KVGrpc.newBlockingStub(channel);
            var random = new Random(1);
            var value = new byte[VALUE_BYTES];
            for (int number = 0; number < VALUES; number++) {
                // Otherwise it would be packed to nothing.
                random.nextBytes(value);
                var _ = store.put(PutRequest.newBuilder()
                        .setKey(ByteString.copyFromUtf8("written-" + number))
                        .setValue(ByteString.copyFrom(value))
                        .build());
            }
        } finally {
            channel.shutdownNow();
        }
    }

    /// Leadership goes to the other one of these two. Whoever leads may just have lost it by itself.
    private static void moveLeader(List<MemberProcess> members) {
        var one = id(members.getFirst());
        var other = id(members.getLast());
        for (var member : members) {
            long heir = member == members.getFirst() ? other : one;
            var channel = channel(member);
            try {
                var _ = MaintenanceGrpc.newBlockingStub(channel)
                        .moveLeader(
                                MoveLeaderRequest.newBuilder().setTargetID(heir).build());
                return;
            } catch (StatusRuntimeException e) {
                System.out.println(member.name() + " does not give leadership away: " + e.getMessage());
            } finally {
                channel.shutdownNow();
            }
        }
        throw new AssertionError("leadership did not move");
    }

    private static long id(MemberProcess member) {
        var channel = channel(member);
        try {
            return MaintenanceGrpc.newBlockingStub(channel)
                    .status(StatusRequest.getDefaultInstance())
                    .getHeader()
                    .getMemberId();
        } finally {
            channel.shutdownNow();
        }
    }

    private static void awaitSent(ClusterProcesses cluster, MemberProcess receiver, long bytes) {
        Awaitility.await("bytes that were sent")
                .pollInterval(Duration.ofMillis(50))
                .atMost(LIMIT)
                .until(() -> sent(cluster, receiver) >= bytes);
    }

    /// Bytes that the receiver has on its disk of a state on its way.
    private static long came(ClusterProcesses cluster, MemberProcess receiver) {
        var parts = cluster.folder()
                .resolve(receiver.name())
                .resolve("metastore")
                .resolve("incoming")
                .resolve("parts")
                .toFile()
                .listFiles();
        return parts == null ? 0 : Stream.of(parts).mapToLong(File::length).sum();
    }

    private static double sent(ClusterProcesses cluster, MemberProcess receiver) {
        return others(cluster, receiver).stream()
                .mapToDouble(member -> metric(member, SENT))
                .sum();
    }

    private static MemberProcess sender(ClusterProcesses cluster, MemberProcess receiver) {
        return others(cluster, receiver).stream()
                .filter(member -> metric(member, SENT) > 0)
                .findFirst()
                .orElseThrow();
    }

    private static List<MemberProcess> others(ClusterProcesses cluster, MemberProcess receiver) {
        return cluster.members().stream().filter(member -> member != receiver).toList();
    }

    /// All members hold the same at the newest revision.
    private static void awaitEqual(ClusterProcesses cluster) {
        Awaitility.await("equal hashes")
                .pollInterval(Duration.ofMillis(200))
                .atMost(LIMIT)
                .ignoreException(StatusRuntimeException.class)
                .untilAsserted(() -> {
                    long revision = MemberView.of(cluster.members().getFirst().endpoint(), MemberView::revision);
                    assertThat(cluster.endpoints().stream()
                                    .map(endpoint -> MemberView.of(endpoint, view -> view.hashAt(revision)))
                                    .distinct())
                            .hasSize(1);
                });
    }

    /// The sum over all labels.
    private static double metric(MemberProcess member, String name) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://" + member.endpoint() + "/metrics"))
                                    .build(),
                            BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at " + name, e);
        }
    }

    private static ManagedChannel channel(MemberProcess member) {
        return ManagedChannelBuilder.forTarget(member.endpoint())
                .usePlaintext()
                .maxInboundMessageSize(16 << 20)
                .build();
    }
}
