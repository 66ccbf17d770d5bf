package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.RaftConfig;
import io.metastore.server.model.MemberId;
import io.metastore.server.process.FreePorts;
import io.metastore.server.raft.watchdog.Ending;
import io.metastore.server.request.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/// Three members in this process, over the loopback interface. Each can be stopped, started again and cut off.
final class TestCluster implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final long CLUSTER = 0xc1;

    private final Path directory;
    private final RaftConfig config;
    private final List<RaftStart.Founder> founders;
    private final Map<MemberId, TestMember> running = new TreeMap<>(TestCluster::compare);
    private final Map<MemberId, Long> starts = new HashMap<>();
    private final List<String> endings = new CopyOnWriteArrayList<>();
    final TestNetwork network = new TestNetwork();

    TestCluster(Path directory, RaftConfig config) throws IOException {
        this.directory = directory;
        this.config = config;
        var ports = FreePorts.take(3);
        this.founders = IntStream.range(0, 3)
                .mapToObj(number -> new RaftStart.Founder(
                        new MemberId(number + 1L), new RaftStart.Address("127.0.0.1", ports.get(number))))
                .toList();
        for (var founder : founders) {
            start(founder.id());
        }
        assertThat(leader()).isNotNull();
    }

    /// Timing for tests: a third of the standard, so that elections take well below a second.
    static RaftConfig quick() {
        return new RaftConfig(Duration.ofMillis(50), Duration.ofMillis(500), 10_000, 5_000);
    }

    RaftStart.Address address(MemberId id) {
        return founder(id).address();
    }

    List<RaftStart.Founder> founders() {
        return founders;
    }

    /// Starts a member that does not run, on the files that it left.
    TestMember start(MemberId id) throws IOException {
        return start(id, TestMember.MAX_ENTRY_BYTES);
    }

    /// Starts a member that takes other entries than the others when it leads.
    TestMember start(MemberId id, int maxEntryBytes) throws IOException {
        long incarnation = starts.merge(id, 1L, Long::sum);
        var home = directory.resolve(id.toString());
        Files.createDirectories(home.resolve("raft"));
        var start = new RaftStart(
                CLUSTER,
                id,
                incarnation,
                incarnation == 1 ? founders : List.of(),
                incarnation == 1,
                home.resolve("raft"),
                address(id),
                new RaftStart.Transfers("memory", home.resolve("outgoing"), home.resolve("incoming")));
        var member = new TestMember(start, config, maxEntryBytes, network.filterOf(id), new RecordedEnding(id));
        running.put(id, member);
        return member;
    }

    /// The member is gone, as after a crash: nothing is handed over, and its storage keeps what it had
    /// persisted.
    void kill(TestMember member) {
        running.remove(member.id());
        member.close();
    }

    Collection<TestMember> members() {
        return List.copyOf(running.values());
    }

    /// The member with this id, if it runs.
    Optional<TestMember> running(MemberId id) {
        return Optional.ofNullable(running.get(id));
    }

    /// The running member that leads, once there is one; of two the one in the higher term.
    TestMember leader() {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(
                        () -> members().stream()
                                .filter(member -> member.consensus().state().isLeader())
                                .max(java.util.Comparator.comparingLong(
                                        member -> member.consensus().state().term()))
                                .orElse(null),
                        Objects::nonNull);
    }

    List<TestMember> followers() {
        var leader = leader();
        return members().stream().filter(member -> member != leader).toList();
    }

    /// Cuts the member off from all others.
    void isolate(TestMember member) {
        founders.stream()
                .map(RaftStart.Founder::id)
                .filter(id -> !id.equals(member.id()))
                .forEach(id -> network.cut(member.id(), id));
    }

    /// Everybody runs and reaches everybody, and writes go on.
    void heal() throws IOException {
        network.heal();
        for (var founder : founders) {
            if (!running.containsKey(founder.id())) {
                start(founder.id());
            }
        }
        assertThat(leader().put("healed", "").join()).isInstanceOf(Outcome.PutDone.class);
    }

    /// Waits until all running members hold the same. Nobody may write meanwhile.
    void awaitEqual() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                members().stream().map(TestMember::hash).distinct())
                        .hasSize(1));
    }

    /// What members did to end the process, as they thought. Empty in a test that goes well.
    List<String> endings() {
        return endings;
    }

    @Override
    public void close() {
        network.heal();
        members().forEach(TestMember::close);
        running.clear();
        assertThat(endings).isEmpty();
    }

    private RaftStart.Founder founder(MemberId id) {
        return founders.stream()
                .filter(founder -> founder.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static int compare(MemberId one, MemberId other) {
        return Long.compareUnsigned(one.number(), other.number());
    }

    private final class RecordedEnding implements Ending {
        private final MemberId id;

        RecordedEnding(MemberId id) {
            this.id = id;
        }

        @Override
        public void exit(String why) {
            endings.add(id + " exits: " + why);
        }

        @Override
        public void halt(String why) {
            endings.add(id + " halts: " + why);
        }
    }
}
