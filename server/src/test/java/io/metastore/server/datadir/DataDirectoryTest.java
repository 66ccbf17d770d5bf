package io.metastore.server.datadir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metastore.server.config.Bootstrap;
import io.metastore.server.config.ConfigException;
import io.metastore.server.config.MemberConfig;
import io.metastore.server.config.ServerConfig;
import io.metastore.server.config.StorageEngine;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataDirectoryTest {
    @TempDir
    private Path base;

    private Path dataDir;
    private Path logDir;

    @BeforeEach
    void names() {
        dataDir = base.resolve("data");
        logDir = base.resolve("log");
    }

    @Test
    void theFirstStartMakesTheMemberOfTheSettings() {
        try (var directory = claim(config())) {
            assertThat(directory.memberId()).hasToString("8e9e05c52164694d");
            assertThat(Long.toHexString(directory.clusterId())).isEqualTo("cdf818194e3a8c32");
            assertThat(directory.incarnation()).isEqualTo(1);
            assertThat(directory.isBootstrapped()).isFalse();
            assertThat(directory.store()).isEqualTo(dataDir.resolve("metastore/store-rocksdb"));
            assertThat(directory.store()).isEmptyDirectory();
            assertThat(directory.checkpoints()).isEmptyDirectory();
            assertThat(directory.incoming()).isEmptyDirectory();
            assertThat(directory.raft()).isEqualTo(dataDir.resolve("metastore/raft"));
        }
    }

    @Test
    void onlyTheOwnerMayLookIntoIt() throws IOException {
        claim(config()).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve("metastore"))))
                .isEqualTo("rwx------");
    }

    @Test
    void everyStartHasItsOwnIncarnation() {
        for (int start = 1; start <= 3; start++) {
            try (var directory = claim(config())) {
                assertThat(directory.incarnation()).isEqualTo(start);
            }
        }
    }

    @Test
    void aBootstrappedMemberStaysItselfWhateverTheFlagsOfTheFoundingSay() {
        found(config());
        var other = new Bootstrap(
                Bootstrap.parseMembers("default=http://10.0.0.1:1,other=http://10.0.0.2:1"),
                Bootstrap.State.EXISTING,
                "other-token");

        try (var directory = claim(Changed.with(config(), other))) {
            assertThat(directory.isBootstrapped()).isTrue();
            assertThat(directory.memberId()).hasToString("8e9e05c52164694d");
        }
    }

    @Test
    void aSecondProcessIsRefused() {
        try (var _ = claim(config())) {
            refused(config(), "is in use by another process");
        }
        claim(config()).close();
    }

    @Test
    void aSharedLogDirectoryIsRefused() {
        try (var _ = claim(config(base.resolve("other"), logDir))) {
            refused(config(dataDir, logDir), "is in use by another process");
        }
    }

    @Test
    void etcdsDirectoryIsRefused() throws IOException {
        Files.createDirectories(dataDir.resolve("member/wal"));

        refused(config(), "holds the data of an etcd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"letters", "fixtures/users"})
    void aDirectoryWithForeignFilesIsRefused(String name) throws IOException {
        Files.createDirectories(dataDir.resolve(name));

        refused(config(), "is not empty and not a member's");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost+found", "fixtures/mysql"})
    void whatAnEmptyVolumeAndSelfMadeCertificatesBringIsNotForeign(String name) throws IOException {
        Files.createDirectories(dataDir.resolve(name));

        claim(config()).close();
    }

    @Test
    void anotherEngineIsRefused() {
        found(config());

        refused(Changed.with(config(), StorageEngine.MEMORY), "Start with --storage rocksdb");
    }

    @Test
    void anotherMemberIsRefused() {
        found(config());
        var member = new MemberConfig("m2", dataDir);

        refused(Changed.with(config(), member), "is of the member named \"default\"");
    }

    @Test
    void aNewerReleasesDirectoryIsRefused() throws IOException {
        found(config());
        var newer = new Identity(
                Identity.FORMAT + 1, StorageEngine.ROCKSDB, 1, new MemberId(1), "default", Beginning.FOUNDER, true);
        Files.write(dataDir.resolve("metastore/identity"), newer.encoded());

        refused(config(), "newer release");
    }

    @Test
    void aDamagedIdentityIsRefused() throws IOException {
        found(config());
        Files.writeString(dataDir.resolve("metastore/identity"), "format=1\n");

        refused(config(), "is damaged");
    }

    @Test
    void aLostLogDirectoryIsRefused() throws IOException {
        found(config(dataDir, logDir));
        delete(logDir);

        refused(config(dataDir, logDir), "the Raft log of member 8e9e05c52164694d is missing");
    }

    @Test
    void aLogWithoutRatissFilesIsRefused() throws IOException {
        found(config());
        delete(dataDir.resolve("metastore/raft/group"));

        refused(config(), "the Raft log of member 8e9e05c52164694d is missing");
    }

    @Test
    void aForgottenWalDirIsRefused() {
        found(config(dataDir, logDir));

        refused(config(), "name it with --wal-dir");
    }

    @Test
    void aLostDataDirectoryIsRefused() throws IOException {
        found(config(dataDir, logDir));
        delete(dataDir);

        refused(config(dataDir, logDir), "remove it from the cluster and add a new member");
    }

    @Test
    void aLostIdentityIsRefused() throws IOException {
        found(config());
        delete(dataDir.resolve("metastore/identity"));
        delete(dataDir.resolve("metastore/raft/identity"));

        refused(config(), "identity is missing");
    }

    @Test
    void aLostIncarnationIsRefused() throws IOException {
        found(config());
        delete(dataDir.resolve("metastore/incarnation"));

        refused(config(), "incarnation is missing");
    }

    @Test
    void theLogOfAnotherMemberIsRefused() throws IOException {
        found(config(dataDir, logDir));
        var otherLog = base.resolve("other-log");
        found(Changed.with(
                config(base.resolve("other-data"), otherLog),
                new Bootstrap(config().bootstrap().members(), Bootstrap.State.NEW, "other")));

        refused(config(dataDir, otherLog), "Bring the two directories of one member together");
    }

    @Test
    void aMemberThatIsNoFounderIsRefusedAndMayTryAgain() {
        var strangers = new Bootstrap(
                Bootstrap.parseMembers("a=http://localhost:2380"), Bootstrap.State.NEW, Bootstrap.DEFAULT_TOKEN);

        assertThatThrownBy(() -> claim(Changed.with(config(), strangers)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("couldn't find local name \"default\" in the initial cluster configuration");
        claim(config()).close();
    }

    @Test
    void aMemberThatJoinsIsWhomTheClusterSaysItIsAndAsksOnlyOnce() {
        var other = Bootstrap.parseMembers("default=http://localhost:2380,other=http://localhost:9");
        var joining = Changed.with(config(), new Bootstrap(other, Bootstrap.State.EXISTING, Bootstrap.DEFAULT_TOKEN));
        var answer = new ExistingCluster.Answer(
                5,
                List.of(
                        new Member(new MemberId(6), "other", List.of("http://localhost:9"), List.of(), false),
                        Member.unstarted(new MemberId(7), List.of("http://localhost:2380"), true)));

        DataDirectory.claim(joining, new Surroundings(_ -> List.of(answer), InetAddress::getByName))
                .close();

        try (var again = claim(config())) {
            assertThat(again.clusterId()).isEqualTo(5);
            assertThat(again.memberId()).isEqualTo(new MemberId(7));
            assertThat(again.beginning()).isEqualTo(Beginning.LEARNER);
        }
    }

    @Test
    void aMemberThatIsNotWantedLeavesNothingBehind() {
        var joining = Changed.with(
                config(),
                new Bootstrap(config().bootstrap().members(), Bootstrap.State.EXISTING, Bootstrap.DEFAULT_TOKEN));

        assertThatThrownBy(() -> DataDirectory.claim(joining, new Surroundings(_ -> List.of(), InetAddress::getByName)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cannot fetch cluster info");
    }

    @Test
    void aMemberThatWasRemovedIsRefusedForGood() {
        try (var directory = claim(config())) {
            directory.removed();
        }

        refused(config(), "the member has been permanently removed from the cluster");
    }

    @Test
    void whoIsToGoOnAloneNeedsData() throws IOException {
        refused(Changed.alone(config()), "holds none");
        assertThat(dataDir.resolve("metastore/identity")).doesNotExist();

        claim(config()).close();
        refused(Changed.alone(config()), "holds none"); // it was never bootstrapped

        found(config());
        try (var directory = claim(Changed.alone(config()))) {
            assertThat(directory.isBootstrapped()).isTrue();
        }
    }

    @Test
    void aFirstStartThatWasCutShortAnywhereIsTakenUp() throws IOException {
        claim(config()).close();
        delete(dataDir.resolve("metastore/identity"));
        for (var made : new String[] {"incoming", "checkpoints", "store-rocksdb"}) {
            delete(dataDir.resolve("metastore").resolve(made));
        }
        for (var left : new String[] {"incarnation", "raft/identity", "raft"}) {
            cutShort(dataDir.resolve("metastore"), left);
            try (var directory = claim(config())) {
                assertThat(directory.memberId()).hasToString("8e9e05c52164694d");
                assertThat(directory.isBootstrapped()).isFalse();
            }
        }
    }

    @Test
    void aCrashBetweenTheTwoCopiesOfBootstrappedCountsAsBootstrapped() throws IOException {
        found(config());
        var file = dataDir.resolve("metastore/identity");
        var identity = Identity.decoded(Files.readAllBytes(file));
        var before = new Identity(
                identity.format(),
                identity.engine(),
                identity.clusterId(),
                identity.memberId(),
                "default",
                Beginning.FOUNDER,
                false);
        Files.write(file, before.encoded());

        try (var directory = claim(config())) {
            assertThat(directory.isBootstrapped()).isTrue();
        }
    }

    /// Leaves what a first start has made when it has not come to the identity yet, and lacks `last` too.
    private static void cutShort(Path ours, String last) throws IOException {
        for (var made : new String[] {"identity", "incoming", "checkpoints", "store-rocksdb", last}) {
            if (Files.exists(ours.resolve(made))) {
                delete(ours.resolve(made));
            }
        }
    }

    /// What a whole first start leaves: Ratis made its group, and the directory was told.
    private static void found(ServerConfig config) {
        try (var directory = claim(config)) {
            Files.createDirectories(directory.raft().resolve("group/current"));
            directory.bootstrapped();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Refused for this reason, with every file as it was before.
    private void refused(ServerConfig config, String reason) {
        var before = files();

        assertThatThrownBy(() -> claim(config))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining(reason);

        assertThat(files()).isEqualTo(before);
    }

    /// Path to content; a lock file has none, so it does not count.
    private Map<String, String> files() {
        var files = new TreeMap<String, String>();
        try (var paths = Files.walk(base)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                if (!path.endsWith("lock")) {
                    files.put(path.toString(), Files.readString(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static void delete(Path path) throws IOException {
        try (var paths = Files.walk(path)) {
            for (var each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private ServerConfig config() {
        return ServerConfig.defaults(dataDir);
    }

    private static ServerConfig config(Path dataDir, Path logDir) {
        return Changed.with(
                ServerConfig.defaults(dataDir), new MemberConfig(MemberConfig.DEFAULT_NAME, dataDir, logDir));
    }

    /// Nobody is asked by a member that founds its cluster, or has data.
    private static DataDirectory claim(ServerConfig config) {
        return DataDirectory.claim(
                config,
                new Surroundings(
                        _ -> {
                            throw new AssertionError("the cluster was asked");
                        },
                        InetAddress::getByName));
    }
}
