package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.config.RaftConfig;
import io.metastore.server.consensus.Members.Seat;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.process.FreePorts;
import io.metastore.server.raft.watchdog.FreezingProxy;
import io.metastore.server.raft.watchdog.ToldEnding;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import io.metastore.server.tls.Security;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/// Three members in this process, over the loopback interface. Each can be stopped, started again and cut off.
final class TestCluster implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(15);
    static final long CLUSTER = 0xc1;

    private static final Duration LONG_PATIENCE = Duration.ofSeconds(40);

    private final Path directory;
    private final RaftConfig config;
    private final Certificates certificates;
    private final List<RaftStart.Founder> founders;
    private final Set<MemberId> forgotten = new HashSet<>();
    private final Map<MemberId, Integer> ports = new HashMap<>();
    private final Map<MemberId, List<RaftStart.Founder>> beginnings = new HashMap<>();
    private final Map<MemberId, FreezingProxy> proxies = new HashMap<>();
    private final Map<MemberId, TestMember> running = new TreeMap<>(TestCluster::compare);
    private final Map<MemberId, Long> starts = new HashMap<>();
    private Optional<MemberId> lone = Optional.empty();
    private final Set<MemberId> witnesses = new HashSet<>();
    private final List<String> endings = new CopyOnWriteArrayList<>();
    final TestNetwork network = new TestNetwork();

    TestCluster(Path directory, RaftConfig config) throws IOException {
        this(directory, config, new Kind(3, 3, false), _ -> Optional.empty());
    }

    /// @param proxied whether members reach each other through proxies
    /// @param witness whether the last one is a witness
    private record Kind(int size, int started, boolean proxied, boolean witness) {
        Kind(int size, int started, boolean proxied) {
            this(size, started, proxied, false);
        }
    }

    private TestCluster(Path directory, RaftConfig config, Kind kind, Certificates certificates) throws IOException {
        this.certificates = certificates;
        this.directory = directory;
        this.config = config;
        var free = FreePorts.take(kind.size());
        for (int number = 0; number < free.size(); number++) {
            var id = new MemberId(number + 1L);
            ports.put(id, free.get(number));
            if (kind.proxied()) {
                proxies.put(id, new FreezingProxy(free.get(number)));
            }
        }
        this.founders = ports.keySet().stream()
                .sorted(TestCluster::compare)
                .map(id -> founder(id, false))
                .toList();
        if (kind.witness()) {
            witnesses.add(founders.getLast().id());
        }
        for (var founder : founders.subList(0, kind.started())) {
            start(founder.id());
        }
        assertThat(leader()).isNotNull();
    }

    /// A cluster whose members reach each other through proxies that can be frozen.
    static TestCluster behindProxies(Path directory, RaftConfig config) throws IOException {
        return new TestCluster(directory, config, new Kind(3, 3, true), _ -> Optional.empty());
    }

    /// A cluster of two that hold data, and a witness.
    static TestCluster withWitness(Path directory, RaftConfig config) throws IOException {
        return new TestCluster(directory, config, new Kind(3, 3, false, true), _ -> Optional.empty());
    }

    /// The next start of this member, which has not run yet, is that of a witness.
    void becomesWitness(MemberId id) {
        witnesses.add(id);
    }

    /// A cluster of three of which the last one is not started.
    static TestCluster withoutTheLast(Path directory, RaftConfig config) throws IOException {
        return new TestCluster(directory, config, new Kind(3, 2, false), _ -> Optional.empty());
    }

    /// A cluster whose members shake hands before they talk.
    static TestCluster overTls(Path directory, RaftConfig config, Certificates certificates) throws IOException {
        return new TestCluster(directory, config, new Kind(3, 3, false), certificates);
    }

    /// What the member with this id shows at its next start.
    @FunctionalInterface
    interface Certificates {
        Optional<Security.Peers> of(MemberId id);
    }

    /// A cluster of one, to which others can be added.
    static TestCluster alone(Path directory, RaftConfig config) throws IOException {
        return new TestCluster(directory, config, new Kind(1, 1, false), _ -> Optional.empty());
    }

    /// Where a member will be that is to be added; it does not run yet.
    String reserve(MemberId id) {
        ports.put(id, FreePorts.take(1).getFirst());
        return url(id);
    }

    /// A member that is to be added will be where another one is, which moves away.
    String follow(MemberId id, MemberId leaving) {
        ports.put(id, port(leaving));
        return url(id);
    }

    /// Where a member that does not run will be found from its next start on.
    String move(MemberId id) {
        return reserve(id);
    }

    private String url(MemberId id) {
        return (certificates.of(id).isPresent() ? "https://" : "http://") + advertised(id);
    }

    private RaftStart.Founder founder(MemberId id, boolean learner) {
        return new RaftStart.Founder(id, advertised(id), List.of(url(id)), learner);
    }

    /// Starts a member that joins, for the first time: it knows nothing, and waits to be fed.
    TestMember join(MemberId id, boolean learner) throws IOException {
        beginnings.put(id, learner ? List.of(founder(id, true)) : List.of());
        return start(id);
    }

    private RaftStart.Address advertised(MemberId id) {
        var proxy = Optional.ofNullable(proxies.get(id)).map(FreezingProxy::port);
        return new RaftStart.Address("127.0.0.1", proxy.orElseGet(() -> port(id)));
    }

    private int port(MemberId id) {
        return Objects.requireNonNull(ports.get(id));
    }

    /// The connections that others have to this member stay open, but nothing comes through them any more, in both
    /// directions. New ones are whole.
    void freezeConnectionsTo(TestMember member) {
        Objects.requireNonNull(proxies.get(member.id())).freeze();
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

    /// Starts a member that is to go on without all others, on the files that it left.
    TestMember startAlone(MemberId id) throws IOException {
        lone = Optional.of(id);
        try {
            return start(id);
        } finally {
            lone = Optional.empty();
        }
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
                incarnation == 1 ? beginnings.getOrDefault(id, founders) : List.of(),
                founders.stream().map(founder -> founder.address().toString()).toList(),
                incarnation == 1,
                lone.equals(Optional.of(id)) ? Optional.of(founder(id, false)) : Optional.empty(),
                witnesses.contains(id),
                home.resolve("raft"),
                new RaftStart.Address("127.0.0.1", port(id)),
                new RaftStart.Transfers(
                        witnesses.contains(id) ? "witness" : "memory",
                        home.resolve("outgoing"),
                        home.resolve("incoming"),
                        0));
        var member = new TestMember(
                start,
                config,
                maxEntryBytes,
                new TestMember.Outside(
                        network.filterOf(id),
                        new ToldEnding(ending -> endings.add(id + " " + ending)),
                        certificates.of(id)));
        running.put(id, member);
        return member;
    }

    /// The member is gone, as after a crash: nothing is handed over, and its storage keeps what it had persisted.
    void kill(TestMember member) {
        running.remove(member.id());
        member.close();
    }

    /// The member ends, and its disk is lost: when it is started again it knows nothing, and not that it did.
    void loseDisk(TestMember member) throws IOException {
        kill(member);
        starts.remove(member.id());
        var home = directory.resolve(member.id().toString());
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    Collection<TestMember> members() {
        return List.copyOf(running.values());
    }

    /// The member with this id, if it runs.
    Optional<TestMember> running(MemberId id) {
        return Optional.ofNullable(running.get(id));
    }

    /// Writes until that is acknowledged, whoever leads: on a slow machine leadership may be lost at any moment.
    void writeUntilAcknowledged(String key) {
        Awaitility.await()
                .atMost(LONG_PATIENCE)
                .until(() -> leader().put(key, "1").join() instanceof Outcome.PutDone);
    }

    /// Adds a member, starts it, and waits until it is fed, or votes.
    void grow(MemberId id, boolean learner) throws IOException {
        var added = Member.unstarted(id, List.of(reserve(id)), learner);
        Awaitility.await()
                .atMost(LONG_PATIENCE)
                .until(() -> leader().propose(new MemberCommand.Add(added, 1)).join() instanceof Outcome.Done
                        || leader().members().find(id).isPresent());
        join(id, learner);
        Awaitility.await().atMost(LONG_PATIENCE).until(() -> {
            var answer = new CompletableFuture<Optional<Reason>>();
            leader().consensus().awaitSeat(id, learner ? Seat.LEARNER : Seat.VOTER, answer::complete);
            return answer.join().isEmpty();
        });
    }

    /// The running member that leads, once there is one; of two the one in the higher term.
    TestMember leader() {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(
                        () -> members().stream()
                                .filter(member -> member.consensus().state().isLeader())
                                .max(Comparator.comparingLong(
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

    /// This founder was removed, and is not started again.
    void forget(MemberId founder) {
        forgotten.add(founder);
    }

    /// Everybody runs and reaches everybody, and writes go on.
    void heal() throws IOException {
        network.heal();
        for (var founder : founders) {
            if (!running.containsKey(founder.id()) && !forgotten.contains(founder.id())) {
                start(founder.id());
            }
        }
        writeUntilAcknowledged("healed");
    }

    /// Waits until all running members hold the same. Nobody may write meanwhile.
    void awaitEqual() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(members().stream()
                                .filter(member -> !member.isWitness())
                                .map(TestMember::hash)
                                .distinct())
                        .hasSize(1));
    }

    /// Waits until all running members know the same members.
    void awaitEqualTables() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() ->
                        members().stream().map(TestMember::members).distinct().count() == 1);
    }

    /// Where a member keeps its log.
    Path logOf(MemberId id) {
        return directory.resolve(id.toString()).resolve("raft");
    }

    /// All changes that each running member has applied, by the members' names.
    Map<String, List<Evidence.Change>> histories() {
        return members().stream()
                .filter(member -> !member.isWitness())
                .collect(Collectors.toMap(member -> "member " + member.id(), TestMember::history));
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
        proxies.values().forEach(TestCluster::close);
        assertThat(endings).isEmpty();
    }

    private static void close(FreezingProxy proxy) {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
}
