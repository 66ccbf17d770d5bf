package io.metastore.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.metastore.server.fault.ClusterProcesses;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Users on three members that are processes. Tokens live six seconds after their last use.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UsersOfClusterIT {
    private static final String ROOT_PASSWORD = "p4ssword-of-root";
    private static final String PASSWORD = "p4ssword-of-alice";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ClusterProcesses cluster = ClusterProcesses.start(
            ServerProgram.underTest(), 3, List.of("--auth-token-ttl=6", "--bcrypt-cost=4", "--log-level=debug"));
    private final List<UserClient> clients = cluster.members().stream()
            .map(MemberProcess::endpoint)
            .map(UserClient::new)
            .toList();

    /// Found while nobody is asked who he is.
    private final MemberProcess killed = cluster.follower();

    @BeforeAll
    void aliceMayUseK() {
        clients.getFirst().enable(ROOT_PASSWORD, "alice", PASSWORD, "k");
    }

    @AfterAll
    void close() {
        clients.forEach(UserClient::close);
        cluster.close();
    }

    @Test
    void aTokenOfOneMemberIsGoodAtEveryOtherAtOnce() {
        for (int round = 0; round < 20; round++) {
            for (var maker : clients) {
                var token = maker.authenticate("alice", PASSWORD);
                for (var client : clients) {
                    assertThat(client.whoAmI(token, "alice").getCode()).isEqualTo(Status.Code.OK);
                }
            }
        }
    }

    @Test
    void aRightThatIsTakenAwayAtOneMemberIsGoneAtEveryOther() {
        for (int round = 0; round < 10; round++) {
            var giver = clients.get(round % clients.size());
            var root = giver.authenticate("root", ROOT_PASSWORD);
            var alice = clients.get((round + 1) % clients.size()).authenticate("alice", PASSWORD);
            giver.grant(root, "taken");
            for (var client : clients) {
                assertThat(client.put(alice, "taken").getCode())
                        .as("it may know of the right, or that what it knew is old")
                        .isIn(Status.Code.OK, Status.Code.INVALID_ARGUMENT);
            }

            giver.revoke(root, "taken");

            for (var client : clients) {
                assertThat(client.put(alice, "taken").isOk()).isFalse();
            }
        }
    }

    @Test
    void usersAreTheSameEverywhereAlsoAfterAMemberWasKilled() {
        var token = clients.getFirst().authenticate("alice", PASSWORD);
        killed.kill();
        var root = alive(killed).authenticate("root", ROOT_PASSWORD);
        alive(killed).grant(root, "while-it-was-away");

        var restarting = Thread.ofPlatform().start(cluster::startStopped);
        // Used elsewhere all the time, it stays valid there too.
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(alive(killed).whoAmI(token, "alice").isOk()).isTrue();
            return !restarting.isAlive();
        });

        var again = clients.get(cluster.members().indexOf(killed));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> again.put(token, "while-it-was-away").isOk());
        assertThat(clients.stream().map(UserClient::authRevision).distinct()).hasSize(1);
    }

    private UserClient alive(MemberProcess other) {
        return clients.get(cluster.members().indexOf(other) == 0 ? 1 : 0);
    }

    @Test
    void aTokenThatIsUsedAnywhereLivesEverywhereAndOneThatIsNotUsedEnds() {
        var used = clients.getFirst().authenticate("alice", PASSWORD);
        var unused = clients.getFirst().authenticate("alice", PASSWORD);
        var start = System.nanoTime();

        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            assertThat(clients.getFirst().whoAmI(used, "alice").isOk()).isTrue();
            return System.nanoTime() - start > Duration.ofSeconds(14).toNanos();
        });

        for (var client : clients) {
            assertThat(client.whoAmI(used, "alice").isOk()).isTrue();
            assertThat(client.whoAmI(unused, "alice").getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    /// Logs are at their most talkative here.
    @Test
    void neitherAPasswordNorATokenIsWrittenAnywhere() throws IOException {
        var token = clients.getFirst().authenticate("alice", PASSWORD);
        var letters = token.substring(0, token.indexOf('.'));
        assertThat(clients.getLast().whoAmI(token, "alice").isOk()).isTrue();

        var found = new ArrayList<String>();
        for (var file : files()) {
            var bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            for (var secret : List.of(ROOT_PASSWORD, PASSWORD, letters)) {
                if (bytes.contains(secret)) {
                    found.add(file + " holds " + secret);
                }
            }
        }

        assertThat(files()).hasSizeGreaterThan(20);
        assertThat(found).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(cluster.folder())) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
