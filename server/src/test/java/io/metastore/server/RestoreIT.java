package io.metastore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.datadir.Surroundings;
import io.metastore.server.model.Bytes;
import io.metastore.server.process.FreePorts;
import io.metastore.server.storage.Column;
import io.metastore.server.storage.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Members that begin from what a real etcd wrote.
class RestoreIT {
    private static final Path RECORDED = Path.of("src/test/resources/io/metastore/server/snapshot");
    private static final Path HISTORY = RECORDED.resolve("history.db");

    @TempDir
    Path directory;

    private final List<RestoredMember> members = new ArrayList<>();

    @AfterEach
    void stop() {
        members.forEach(RestoredMember::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void oneMemberServesWhatTheFileHeldAlsoAfterARestart(String engine) throws IOException {
        var member = members(1, "--storage=" + engine).getFirst().restore(HISTORY);

        member.start().awaitReady();

        assertHistory(member);
        assertThat(member.put("behind", "it")).isEqualTo(52);
        var hash = member.hash(0);
        member.stop();
        member.start().awaitReady();
        assertThat(member.hash(0)).isEqualTo(hash);
        assertThat(member.get("behind")).isEqualTo("it");
        assertThat(directory.resolve("m0/metastore/restored")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void usersKeepTheirPasswordsAndRightsAlsoAfterARestart(String engine) throws IOException {
        var member = members(1, "--storage=" + engine).getFirst().restore(RECORDED.resolve("users.db"));

        member.start().awaitReady();

        assertUsers(member);
        try (var client = StateClient.of(member.endpoint())) {
            StateUsers.assertRightsHold(client);
        }
        member.stop();
        member.start().awaitReady();
        try (var client = StateClient.of(member.endpoint())) {
            StateUsers.assertRightsHold(client);
        }
    }

    @Test
    void threeMembersFromTheSameFileAreOneCluster() throws IOException {
        var all = members(3, "--storage=memory");
        all.forEach(member -> member.restore(HISTORY));

        all.forEach(RestoredMember::start);
        all.forEach(RestoredMember::awaitReady);

        for (var member : all) {
            assertHistory(member);
        }
        assertThat(all.getFirst().put("behind", "it")).isEqualTo(52);
        for (var member : all) {
            assertThat(member.get("behind")).isEqualTo("it");
            assertThat(member.hash(52)).isEqualTo(all.getFirst().hash(52));
        }
    }

    /// Were it fed from the log, it would lack what the others began from.
    @Test
    void aMemberThatLostItsFilesIsGivenTheStateAndNotTheLog() throws IOException {
        var all = members(3, "--storage=memory");
        all.subList(0, 2).forEach(member -> member.restore(HISTORY).start());
        all.subList(0, 2).forEach(RestoredMember::awaitReady);
        all.getFirst().put("behind", "it");

        all.getLast().start().awaitReady();

        assertThat(all.getLast().get("behind")).isEqualTo("it");
        assertThat(all.getLast().hash(52)).isEqualTo(all.getFirst().hash(52));
        assertThat(all.getLast().lease(leases().getFirst())).isEqualTo("600 [leased]");
    }

    @Test
    void aMemberFromAnotherFileEndsItselfAndServesNobody() throws IOException {
        var all = members(3, "--storage=memory");
        all.subList(0, 2).forEach(member -> member.restore(HISTORY).start());
        all.subList(0, 2).forEach(RestoredMember::awaitReady);
        all.getFirst().put("behind", "it");

        var other = all.getLast()
                .restore(HISTORY, "--bump-revision=5", "--mark-compacted")
                .start();

        assertThat(other.awaitEnd()).contains("cannot be applied");
        assertThatThrownBy(() -> other.get("behind")).hasMessageContaining("UNAVAILABLE");
        assertThat(all.get(1).get("behind")).isEqualTo("it");
    }

    @Test
    void aMemberThatIsRestoredIntoARunningClusterServesNobodyAndHarmsNobody() throws IOException {
        var all = members(3, "--storage=memory");
        all.subList(0, 2).forEach(RestoredMember::start);
        all.subList(0, 2).forEach(RestoredMember::awaitReady);
        assertThat(all.getFirst().put("a", "1")).isEqualTo(2);

        var restored = all.getLast().restore(HISTORY).start();
        restored.awaitPeerPort();
        for (int i = 0; i < 200; i++) {
            assertThat(all.get(i % 2).put("b", "value " + i)).isEqualTo(3 + i);
        }

        assertThat(all.get(1).get("b")).isEqualTo("value 199");
        assertThat(restored.lives().server).isNotCompleted();
        assertThatThrownBy(() -> restored.get("b")).hasMessageContaining("UNAVAILABLE");
    }

    @Test
    void whatEtcdutlRestoredIsTakenOverAndPutAside() throws IOException {
        var ports = FreePorts.take(1);
        // The file names its member's peer URL, which is on etcd's own port; alone it need not be reached there.
        var member = RestoredMember.of(
                "default",
                directory,
                new RestoredMember.Ports(ports.getFirst(), 2380),
                "default=http://127.0.0.1:2380",
                "--storage=memory",
                "--listen-peer-urls=http://127.0.0.1:0");
        members.add(member);
        var state = Files.createDirectories(member.dataDir().resolve("member").resolve("snap"))
                .resolve("db");
        Files.copy(RECORDED.resolve("restored.db"), state);

        member.start().awaitReady();

        assertHistory(member);
        assertThat(member.dataDir().resolve("member")).doesNotExist();
        assertThat(member.dataDir().resolve("member.imported")).isDirectory();
        member.stop();
        member.start().awaitReady();
        assertHistory(member);
    }

    @Test
    void anImportThatWasCutShortIsBegunAgain() throws IOException {
        var member = members(1, "--storage=memory").getFirst().restore(HISTORY);
        var restoration = Restoration.find(member.config());
        try (var claimed =
                        restoration.claim(member.config(), new Surroundings(_ -> List.of(), InetAddress::getByName));
                var storage = open(member, claimed.store());
                var batch = storage.batch()) {
            batch.put(Column.CURRENT, Bytes.utf8("half"), Bytes.utf8("of something"));
            batch.put(Column.EVENTS, Bytes.utf8("half"), Bytes.utf8("of something"));
            batch.commit();
            storage.persist();
        }

        member.start().awaitReady();

        assertHistory(member);
        assertThat(member.get("half")).isEmpty();
    }

    @Test
    void theNameMustBeOneOfThoseThatTheStateWasRestoredFor() {
        var member = members(1, "--storage=memory").getFirst().restore(HISTORY);
        var renamed = new RestoredMember(
                "another",
                member.dataDir(),
                member.ports(),
                member.cluster(),
                member.flags(),
                new RestoredMember.Lives());

        assertThatThrownBy(() -> renamed.start().awaitReady())
                .hasMessageContaining("was restored for members of other names than \"another\": m0");
    }

    private static Storage open(RestoredMember member, Path store) {
        return Engines.open(member.config().storage().engine(), store, store);
    }

    private List<RestoredMember> members(int count, String... flags) {
        var ports = FreePorts.take(2 * count);
        var cluster = IntStream.range(0, count)
                .mapToObj(i -> "m" + i + "=http://127.0.0.1:" + ports.get(count + i))
                .collect(Collectors.joining(","));
        for (int i = 0; i < count; i++) {
            members.add(RestoredMember.of(
                    "m" + i, directory, new RestoredMember.Ports(ports.get(i), ports.get(count + i)), cluster, flags));
        }
        return members;
    }

    private static void assertUsers(RestoredMember member) throws IOException {
        try (var client = StateClient.of(member.endpoint())) {
            var root = StateUsers.root(client);
            assertThat(new StateUsers(root).all()).isEqualTo("""
                    enabled true revision 18
                    user bob [nothing, readers]
                    user carol [readers, writers]
                    user machine [writers]
                    user root [root]
                    role readers READ a to m
                    role readers READ shared to\s
                    role writers READWRITE k to l
                    role writers WRITE x to \0""");
            var newest = Files.readAllLines(RECORDED.resolve("users.hashes"))
                    .getLast()
                    .split(" ", -1);
            assertThat(root.hash())
                    .isEqualTo("revision %s hash %08x compacted %s"
                            .formatted(newest[0], Integer.parseUnsignedInt(newest[1]), newest[2]));
        }
    }

    private static void assertHistory(RestoredMember member) throws IOException {
        for (var expected : Files.readAllLines(RECORDED.resolve("history.hashes"))) {
            assertThat(member.hash(Long.parseLong(expected.split(" ", -1)[0]))).isEqualTo(expected);
        }
        assertThat(member.lease(leases().getFirst())).isEqualTo("600 [leased]");
        assertThat(member.lease(leases().getLast())).isEqualTo("1200 [moved]");
        assertThat(member.get("freed")).isEqualTo("e");
        assertThat(member.get("key-3")).isEmpty();
    }

    private static List<Long> leases() throws IOException {
        return List.of(Files.readString(RECORDED.resolve("history.leases"))
                        .strip()
                        .split(" ", -1))
                .stream()
                .map(hex -> Long.parseUnsignedLong(hex, 16))
                .toList();
    }
}
