package io.metastore.server.raft.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.raft.log.FlushWatermark;
import io.metastore.server.raft.log.RatisMember;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.ratis.server.RaftServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the watchdogs do, on three real members.
class RatisRemediesIT {
    @TempDir
    Path directory;

    private final List<String> abandoned = new CopyOnWriteArrayList<>();
    private ThreeMembers members;
    private FlushWatermark watermark;

    @BeforeEach
    void threeMembers() throws IOException {
        members = new ThreeMembers(directory);
        watermark = FlushWatermark.open(directory.resolve("flushed"));
    }

    @AfterEach
    void close() throws IOException {
        members.close();
        watermark.close();
    }

    @Test
    void aPeerBehindAHalfOpenConnectionIsReachedAgainOnlyAfterAKick() throws IOException {
        members.write();
        var leader = members.leader();
        var peer = members.followers().getFirst();

        members.proxy(peer).freeze();
        var written = members.write();

        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(10)); // the danger is that nothing happens
        assertThat(ThreeMembers.lastIndex(members.server(peer))).isLessThan(written);
        var vitals = vitals(leader);
        try (var watchdogs =
                Watchdogs.start(vitals, remedies(leader), WatchdogLimits.standard(Duration.ofMillis(1200)))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ThreeMembers.lastIndex(members.server(peer)) >= written);
            assertThat(watchdogs.firings(Action.Kick.class)).isPositive();
        }
    }

    /// The log travels over a connection of our own, which Ratis does not know.
    @Test
    void aKickEndsTheConnectionOverWhichTheLogIsSent() {
        var leader = members.leader();
        var peer = members.followers().getFirst();

        remedies(leader).kick(peer);

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !abandoned.isEmpty());
        assertThat(abandoned).containsExactly("127.0.0.1:" + members.proxy(peer).port());
    }

    @Test
    void theLeaderSeesEveryOtherMember() {
        var leader = members.leader();

        var seen = vitals(leader).observe();

        assertThat(seen.membership().configured()).containsExactlyInAnyOrderElementsOf(members.followers());
        assertThat(seen.membership().silentMillis())
                .containsOnlyKeys(members.followers())
                .allSatisfy((_, silent) -> assertThat(silent).isLessThan(5_000));
        assertThat(new Rules(Seen.LIMITS).examine(seen, 0)).isEmpty();
    }

    @Test
    void leadershipIsTransferredToAnother() {
        var before = members.leader();

        remedies(before).transferLeadership();

        awaitEndOfLeadership(before);
        assertThat(members.leader().getId()).isNotEqualTo(before.getId());
    }

    @Test
    void aLeaderThatIsToldToStepsDown() {
        var before = members.leader();
        var term = ThreeMembers.division(before).getInfo().getCurrentTerm();

        remedies(before).stepDown();

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ThreeMembers.division(members.leader()).getInfo().getCurrentTerm() > term);
    }

    private static void awaitEndOfLeadership(RaftServer before) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !ThreeMembers.division(before).getInfo().isLeader());
    }

    private RatisVitals vitals(RaftServer server) {
        return new RatisVitals(
                server, RatisMember.GROUP, watermark, new RatisVitals.Activity(() -> false, () -> false));
    }

    private RatisRemedies remedies(RaftServer server) {
        return new RatisRemedies(server, RatisMember.GROUP, abandoned::add, _ -> {}, ToldEnding.unexpected());
    }
}
