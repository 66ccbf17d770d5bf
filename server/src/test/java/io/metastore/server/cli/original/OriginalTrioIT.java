package io.metastore.server.cli.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import etcdserverpb.ClusterGrpc;
import etcdserverpb.KVGrpc;
import etcdserverpb.Member;
import etcdserverpb.MemberAddRequest;
import etcdserverpb.MemberListRequest;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.metastore.server.process.DataFolder;
import io.metastore.server.process.FreePorts;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The three files in `docs/examples/2node-ha/original`, as processes: as they are printed but for hosts, ports and
/// folders.
@Timeout(240)
class OriginalTrioIT {
    private static final Path EXAMPLES = Path.of("..", "docs", "examples", "2node-ha", "original");
    private static final List<String> HOSTS = List.of("node1", "node2", "witness");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long CALL_SECONDS = 5;

    @Test
    void twoMembersAndAWitnessGoOnWhenOneWithDataIsKilled() throws Exception {
        try (var trio = Trio.start()) {
            trio.put(0, "before", "1");
            assertThat(trio.get(1, "before")).isEqualTo("1");
            assertThat(trio.names(1)).containsExactlyInAnyOrder("member-1", "member-2", "member-3");

            trio.members.getFirst().kill();
            trio.put(1, "without node1", "2");
            assertThat(trio.get(1, "before")).isEqualTo("1");

            trio.members.getFirst().start();
            trio.members.getFirst().awaitReady(LIMIT);
            assertThat(trio.get(0, "without node1")).isEqualTo("2");

            trio.members.get(1).kill();
            trio.put(0, "without node2", "3");
            assertThat(trio.get(0, "without node2")).isEqualTo("3");
        }
    }

    /// As the original's guide has it: the first member founds the cluster alone, the others come with `--join` and the
    /// grown list.
    @Test
    void aClusterGrowsByMembersThatJoin() throws Exception {
        try (var trio = Trio.plan()) {
            var urls = trio.peerUrls;
            var first = trio.process(0, List.of("--cluster=" + urls.getFirst()));
            first.start();
            first.awaitReady(LIMIT);
            trio.put(0, "alone", "1");

            var second = trio.process(1, List.of("--join", "--cluster=" + urls.get(0) + "," + urls.get(1)));
            second.start();
            assertThatThrownBy(() -> second.awaitReady(LIMIT))
                    .hasMessageContaining("Add this member with \"etcdctl member add\" first");
            Awaitility.await().until(() -> !second.alive());
            trio.add(urls.get(1));
            second.start();
            second.awaitReady(LIMIT);
            trio.add(urls.get(2));
            var witness = trio.process(2, List.of("--join"));
            witness.start();
            witness.awaitReady(LIMIT);

            assertThat(trio.names(1)).containsExactlyInAnyOrder("member-1", "member-2", "member-3");
            assertThat(trio.get(1, "alone")).isEqualTo("1");
        }
    }

    /// @param members those that were made, in the order of the hosts
    private record Trio(DataFolder folder, List<Integer> ports, List<String> peerUrls, List<MemberProcess> members)
            implements AutoCloseable {
        static Trio plan() throws IOException {
            var folder = DataFolder.create("original-");
            var ports = FreePorts.take(3 * HOSTS.size());
            for (int i = 0; i < HOSTS.size(); i++) {
                Files.writeString(folder.path().resolve(HOSTS.get(i) + ".yaml"), file(folder.path(), ports, i));
            }
            var urls = ports.stream()
                    .limit(HOSTS.size())
                    .map(port -> "http://127.0.0.1:" + port)
                    .toList();
            return new Trio(folder, ports, urls, new ArrayList<>());
        }

        static Trio start() throws IOException {
            var trio = plan();
            for (int i = 0; i < HOSTS.size(); i++) {
                trio.process(i, List.of()).start();
            }
            trio.members.forEach(member -> member.awaitReady(LIMIT));
            return trio;
        }

        /// The next member, with flags besides its file.
        MemberProcess process(int index, List<String> flags) {
            var host = HOSTS.get(index);
            var words = new ArrayList<>(
                    List.of("--config", folder.path().resolve(host + ".yaml").toString()));
            words.addAll(flags);
            var process = new MemberProcess(
                    host,
                    ServerProgram.underTest().with(words),
                    "127.0.0.1:" + ports.get(3 + index),
                    folder.path().resolve(host + ".log"));
            members.add(process);
            return process;
        }

        /// Goes on until the cluster has been in touch with all its members for long enough to take one more.
        void add(String peerUrl) {
            var request = MemberAddRequest.newBuilder().addPeerURLs(peerUrl).build();
            Awaitility.await("add " + peerUrl)
                    .atMost(LIMIT)
                    .ignoreException(StatusRuntimeException.class)
                    // A call that timed out may have been carried out.
                    .until(() -> list(0).stream()
                                    .anyMatch(known -> known.getPeerURLsList().contains(peerUrl))
                            || ask(0, channel -> cluster(channel).memberAdd(request))
                                    .hasMember());
        }

        private static String file(Path folder, List<Integer> ports, int index) throws IOException {
            var text = Files.readString(EXAMPLES.resolve(HOSTS.get(index) + ".yaml"));
            for (int i = 0; i < HOSTS.size(); i++) {
                text = replaced(text, "http://" + HOSTS.get(i) + ":2380", "http://127.0.0.1:" + ports.get(i));
            }
            text = replaced(
                    text, "/var/lib/metastore", folder.resolve(HOSTS.get(index)).toString());
            text = replaced(text, "9090", String.valueOf(ports.get(6 + index)));
            return HOSTS.get(index).equals("witness")
                    ? text
                    : replaced(text, "\":2379\"", "\"127.0.0.1:" + ports.get(3 + index) + "\"");
        }

        private static String replaced(String text, String printed, String own) {
            assertThat(text).containsOnlyOnce(printed);
            return text.replace(printed, own);
        }

        /// Goes on until a leader takes it.
        void put(int member, String key, String value) {
            var request = PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value));
            Awaitility.await("put " + key)
                    .atMost(LIMIT)
                    .ignoreException(StatusRuntimeException.class)
                    .until(() -> ask(member, channel -> kv(channel).put(request.build()))
                            .hasHeader());
        }

        String get(int member, String key) {
            var request = RangeRequest.newBuilder().setKey(bytes(key)).build();
            return Awaitility.await("get " + key)
                    .atMost(LIMIT)
                    .ignoreException(StatusRuntimeException.class)
                    .until(() -> ask(member, channel -> kv(channel).range(request)), found -> found.getKvsCount() == 1)
                    .getKvs(0)
                    .getValue()
                    .toStringUtf8();
        }

        List<String> names(int member) {
            return list(member).stream().map(Member::getName).toList();
        }

        private List<Member> list(int member) {
            return ask(member, channel -> cluster(channel).memberList(MemberListRequest.getDefaultInstance()))
                    .getMembersList();
        }

        private static ClusterGrpc.ClusterBlockingStub cluster(ManagedChannel channel) {
            return ClusterGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
        }

        private <T> T ask(int member, Function<ManagedChannel, T> call) {
            var channel = ManagedChannelBuilder.forTarget(members.get(member).endpoint())
                    .usePlaintext()
                    .build();
            try {
                return call.apply(channel);
            } finally {
                channel.shutdownNow();
            }
        }

        private static KVGrpc.KVBlockingStub kv(ManagedChannel channel) {
            return KVGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
        }

        private static ByteString bytes(String text) {
            return ByteString.copyFromUtf8(text);
        }

        @Override
        public void close() {
            members.forEach(MemberProcess::close);
            folder.close();
        }
    }
}
