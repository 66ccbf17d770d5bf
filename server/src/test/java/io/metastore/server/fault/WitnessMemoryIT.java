package io.metastore.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import etcdserverpb.KVGrpc;
import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import etcdserverpb.StatusRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A member with data is away while the other one and a small witness go on for as many entries of
/// the log as `-Dwitness.entries` says.
@Timeout(3600)
class WitnessMemoryIT {
    private static final int ENTRIES = Integer.getInteger("witness.entries", 10_000);
    private static final int KEYS = 1000;
    private static final int REPORTED = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final long MOST_BYTES = 256L << 20;

    /// What the launcher chooses where there are 256 MB, whatever this machine has.
    private static final String SMALL = "-Xmx80m -XX:NewSize=24m -XX:MaxNewSize=24m";

    private final Map<String, String> written = new HashMap<>();

    @Test
    void aSmallWitnessOutlivesALogThatAMemberLacks() throws IOException {
        var program = ServerProgram.underTest();
        try (var cluster = ClusterProcesses.startWithWitness(program, List.of(), small(program))) {
            var away = cluster.follower();
            var stays = cluster.leader();
            away.kill();

            long before = lastIndex(stays);
            write(stays, cluster.witness());
            assertThat(lastIndex(stays) - before).isGreaterThanOrEqualTo(ENTRIES);
            assertSmall(cluster.witness(), "with " + ENTRIES + " entries that a member lacks");

            cluster.witness().kill();
            cluster.witness().start();
            cluster.witness().awaitReady(LIMIT);
            assertSmall(cluster.witness(), "started again with them");

            away.start();
            away.awaitReady(LIMIT);
            awaitEqual(cluster);
            assertSmall(cluster.witness(), "after the member came back");

            stays.kill();
            assertThat(read(away)).isEqualTo(written);
            assertSmall(cluster.witness(), "and voted for it");
        }
    }

    private static ServerProgram small(ServerProgram program) {
        return new ServerProgram(
                Stream.concat(Stream.of("env", "METASTORE_JAVA_OPTS=" + SMALL), program.command().stream())
                        .toList());
    }

    /// One entry each: a command that follows the answer to the one before shares its entry with
    /// none. What is not acknowledged is asked for again, which changes nothing if it has happened.
    private void write(MemberProcess member, MemberProcess witness) throws IOException {
        var channel = channel(member);
        long begun = System.nanoTime();
        try {
            var store = KVGrpc.newBlockingStub(channel);
            for (int number = 1; number <= ENTRIES; number++) {
                var key = "key-" + number % KEYS;
                var value = "value-" + number;
                put(
                        store,
                        PutRequest.newBuilder()
                                .setKey(ByteString.copyFromUtf8(key))
                                .setValue(ByteString.copyFromUtf8(value))
                                .build());
                written.put(key, value);
                if (number % REPORTED == 0) {
                    System.out.printf(
                            "%d entries after %d s, the witness takes %d MiB%n",
                            number,
                            Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                            bytes(witness, "VmRSS") >> 20);
                }
            }
        } finally {
            channel.shutdownNow();
        }
    }

    private static void put(KVGrpc.KVBlockingStub store, PutRequest request) {
        Awaitility.await("an acknowledged write")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(LIMIT)
                .ignoreException(StatusRuntimeException.class)
                .until(() -> store.put(request).hasHeader());
    }

    private static void assertSmall(MemberProcess witness, String when) throws IOException {
        long now = bytes(witness, "VmRSS");
        long most = bytes(witness, "VmHWM");
        System.out.printf("the witness takes %d MiB %s, %d at most%n", now >> 20, when, most >> 20);
        assertThat(most).as(when).isLessThanOrEqualTo(MOST_BYTES);
    }

    private static long bytes(MemberProcess member, String row) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + member.pid() + "/status")).stream()
                .filter(line -> line.startsWith(row + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    private static long lastIndex(MemberProcess member) {
        var channel = channel(member);
        try {
            return MaintenanceGrpc.newBlockingStub(channel)
                    .status(StatusRequest.getDefaultInstance())
                    .getRaftIndex();
        } finally {
            channel.shutdownNow();
        }
    }

    /// All rows, read linearizably.
    private static Map<String, String> read(MemberProcess member) {
        var channel = channel(member);
        try {
            return Awaitility.await()
                    .atMost(LIMIT)
                    .ignoreException(StatusRuntimeException.class)
                    .until(() -> rows(channel), rows -> !rows.isEmpty());
        } finally {
            channel.shutdownNow();
        }
    }

    private static Map<String, String> rows(ManagedChannel channel) {
        var all = ByteString.copyFrom(new byte[1]);
        return KVGrpc.newBlockingStub(channel)
                .range(RangeRequest.newBuilder().setKey(all).setRangeEnd(all).build())
                .getKvsList()
                .stream()
                .collect(Collectors.toMap(
                        row -> row.getKey().toStringUtf8(),
                        row -> row.getValue().toStringUtf8()));
    }

    private static void awaitEqual(ClusterProcesses cluster) {
        Awaitility.await("equal hashes")
                .atMost(LIMIT)
                .ignoreException(StatusRuntimeException.class)
                .until(() -> {
                    long revision = MemberView.of(cluster.members().getFirst().endpoint(), MemberView::revision);
                    return cluster.endpoints().stream()
                                    .map(endpoint -> MemberView.of(endpoint, view -> view.hashAt(revision)))
                                    .distinct()
                                    .count()
                            == 1;
                });
    }

    private static ManagedChannel channel(MemberProcess member) {
        return ManagedChannelBuilder.forTarget(member.endpoint())
                .usePlaintext()
                .directExecutor()
                .build();
    }
}
