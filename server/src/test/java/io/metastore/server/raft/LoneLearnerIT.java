package io.metastore.server.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import java.io.IOException;
import java.nio.file.Path;
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
            cluster.grow(TWO, true);
            cluster.writeUntilAcknowledged("before");
            cluster.awaitEqual();
            cluster.members().forEach(cluster::kill);

            var alone = cluster.startAlone(TWO);

            assertThat(cluster.leader()).isSameAs(alone);
            cluster.writeUntilAcknowledged("after");
            assertThat(alone.peek("before")).isPresent();
            assertThat(alone.consensus().isLearner()).isFalse();
            assertThat(alone.members().voters()).extracting(Member::id).containsExactly(TWO);
        }
    }
}
