package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.Members.Seat;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
        cluster.leader().write("before", "1");
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
        alone.write("after", "1");
        assertThat(alone.read("before")).isPresent();
        assertAlone(alone);
    }

    @Test
    void itIsAloneFromThenOnAndMayBeSaidTwice() throws IOException {
        var survivor = killAll();
        for (int again = 0; again < 2; again++) {
            var alone = cluster.startAlone(survivor);
            cluster.leader().write("again", String.valueOf(again));
            cluster.kill(alone);
        }

        var restarted = cluster.start(survivor);

        cluster.leader().write("after", "1");
        assertThat(restarted.read("before")).isPresent();
        assertAlone(restarted);
    }

    /// As if the power had gone right behind the first write to the log.
    @Test
    void aCrashBeforeAnythingElseHappenedLeavesItAlone() throws IOException {
        var survivor = killAll();
        cluster.kill(cluster.startAlone(survivor));

        var restarted = cluster.start(survivor);

        cluster.leader().write("after", "1");
        assertAlone(restarted);
    }

    @Test
    void othersCanBeAddedAgainAndStayAlsoWhenTheLogIsReadAnew() throws IOException {
        var survivor = killAll();
        var alone = cluster.startAlone(survivor);
        cluster.leader().write("alone", "1");
        var url = cluster.reserve(FOUR);
        assertThat(alone.propose(new MemberCommand.Add(Member.unstarted(FOUR, List.of(url), false), 1)))
                .succeedsWithin(TestCluster.PATIENCE)
                .isInstanceOf(Outcome.Members.class);

        cluster.join(FOUR, false);

        var seated = new CompletableFuture<Optional<Reason>>();
        cluster.leader().consensus().awaitSeat(FOUR, Seat.VOTER, seated::complete);
        assertThat(seated).succeedsWithin(TestCluster.PATIENCE).isEqualTo(Optional.empty());
        cluster.leader().write("two", "1");
        cluster.awaitEqual();
        cluster.members().forEach(cluster::kill);
        cluster.start(survivor);
        cluster.start(FOUR);
        cluster.leader().write("after", "1");
        cluster.awaitEqual();
        for (var member : cluster.members()) {
            assertThat(member.members().members().keySet()).containsExactlyInAnyOrder(survivor, FOUR);
            assertThat(member.read("before")).isPresent();
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
