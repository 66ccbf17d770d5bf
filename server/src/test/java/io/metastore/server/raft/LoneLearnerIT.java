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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// All voters are lost, and a learner is what is left.
@Timeout(120)
class LoneLearnerIT {
    private static final MemberId TWO = new MemberId(2);

    @Test
    void aLearnerThatGoesOnAloneVotes(@TempDir Path directory) throws IOException {
        try (var cluster = TestCluster.alone(directory, TestCluster.quick())) {
            var url = cluster.reserve(TWO);
            assertThat(cluster.leader().propose(new MemberCommand.Add(Member.unstarted(TWO, List.of(url), true), 1)))
                    .succeedsWithin(TestCluster.PATIENCE)
                    .isInstanceOf(Outcome.Members.class);
            cluster.join(TWO, true);
            var seated = new CompletableFuture<Optional<Reason>>();
            cluster.leader().consensus().awaitSeat(TWO, Seat.LEARNER, seated::complete);
            assertThat(seated).succeedsWithin(TestCluster.PATIENCE).isEqualTo(Optional.empty());
            cluster.leader().write("before", "1");
            cluster.awaitEqual();
            cluster.members().forEach(cluster::kill);

            var alone = cluster.startAlone(TWO);

            assertThat(cluster.leader()).isSameAs(alone);
            alone.write("after", "1");
            assertThat(alone.read("before")).isPresent();
            assertThat(alone.consensus().isLearner()).isFalse();
            assertThat(alone.members().voters()).extracting(Member::id).containsExactly(TWO);
        }
    }
}
