package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.MemberId;
import io.metastore.server.request.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One of three members goes on with what it has, and the others are gone.
@Timeout(120)
class LoneMemberIT {
    private static final MemberId FOUR = new MemberId(4);

    private final TestCluster cluster;

    LoneMemberIT(@TempDir Path directory) throws IOException {
        cluster = new TestCluster(directory, TestCluster.quick());
    }

    @BeforeEach
    void somethingIsWritten() {
        cluster.writeUntilAcknowledged("before");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void withoutAMajorityAMemberDoesNothing() throws IOException {
        var survivor = killAll();

        var waiting = cluster.start(survivor);

        assertThat(waiting.put("after", "1"))
                .succeedsWithin(TestCluster.PATIENCE)
                .isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void theSurvivorHasAllThatWasAcknowledgedWhileItLedAndTakesMore() throws IOException {
        var survivor = killAll();

        var alone = cluster.startAlone(survivor);

        assertThat(cluster.leader()).isSameAs(alone);
        cluster.writeUntilAcknowledged("after");
        assertThat(alone.peek("before")).isPresent();
        assertAlone(alone);
    }

    @Test
    void itIsAloneFromThenOnAndMayBeSaidTwice() throws IOException {
        var survivor = killAll();
        for (int times = 0; times < 2; times++) {
            var alone = cluster.startAlone(survivor);
            cluster.writeUntilAcknowledged("again");
            cluster.kill(alone);
        }

        var restarted = cluster.start(survivor);

        cluster.writeUntilAcknowledged("after");
        assertThat(restarted.peek("before")).isPresent();
        assertAlone(restarted);
    }

    /// As if the power had gone right behind the first write to the log.
    @Test
    void aCrashBeforeAnythingElseHappenedLeavesItAlone() throws IOException {
        var survivor = killAll();
        cluster.kill(cluster.startAlone(survivor));

        var restarted = cluster.start(survivor);

        cluster.writeUntilAcknowledged("after");
        assertAlone(restarted);
    }

    @Test
    void othersCanBeAddedAgainAndStayAlsoWhenTheLogIsReadAnew() throws IOException {
        var survivor = killAll();
        cluster.startAlone(survivor);
        cluster.writeUntilAcknowledged("alone");

        cluster.grow(FOUR, false);

        cluster.writeUntilAcknowledged("two");
        cluster.awaitEqual();
        cluster.members().forEach(cluster::kill);
        cluster.start(survivor);
        cluster.start(FOUR);
        cluster.writeUntilAcknowledged("after");
        cluster.awaitEqual();
        for (var member : cluster.members()) {
            assertThat(member.members().members().keySet()).containsExactlyInAnyOrder(survivor, FOUR);
            assertThat(member.peek("before")).isPresent();
        }
    }

    /// Who led last; what was acknowledged last is in its log for sure.
    private MemberId killAll() {
        var leader = cluster.leader().id();
        cluster.members().forEach(cluster::kill);
        return leader;
    }

    private static void assertAlone(TestMember member) {
        assertThat(member.members().members().keySet()).containsExactly(member.id());
        assertThat(member.members().removed())
                .containsExactlyInAnyOrderElementsOf(List.of(1L, 2L, 3L).stream()
                        .map(MemberId::new)
                        .filter(id -> !id.equals(member.id()))
                        .toList());
    }
}
