package io.metastore.server.raft.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.LeaseClock;
import io.metastore.server.consensus.Proposer;
import io.metastore.server.model.LeaseId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CommittedLeasesTest {
    private static final LeaseId LEASE = LeaseId.of(7);

    private final Set<LeaseId> granted = new HashSet<>();
    private final Clock clock = new Clock(granted);
    private final AppliedIndex applied = new AppliedIndex(4);
    private final CommittedLeases leases = new CommittedLeases(() -> 5, applied, clock);
    private final List<LeaseAnswer> answers = new ArrayList<>();

    @Test
    void aClockThatIsAskedBeforeTheGrantIsAppliedKnowsNothingOfIt() {
        clock.renew(LEASE, answers::add);

        assertThat(answers).containsExactly(new LeaseAnswer.Gone());
    }

    @Test
    void aQuestionWaitsUntilWhatIsCommittedIsApplied() {
        leases.renew(LEASE, answers::add);
        leases.timeToLive(LEASE, answers::add);
        assertThat(answers).isEmpty();

        granted.add(LEASE);
        applied.advance(5);

        assertThat(answers).containsExactly(new LeaseAnswer.Alive(1, 2), new LeaseAnswer.Alive(1, 2));
    }

    @Test
    void withNothingToWaitForItIsAskedAtOnce() {
        applied.advance(6);

        leases.timeToLive(LEASE, answers::add);

        assertThat(answers).containsExactly(new LeaseAnswer.Gone());
    }

    private record Clock(Set<LeaseId> granted) implements LeaseClock {
        @Override
        public void renew(LeaseId lease, Consumer<LeaseAnswer> reply) {
            timeToLive(lease, reply);
        }

        @Override
        public void timeToLive(LeaseId lease, Consumer<LeaseAnswer> reply) {
            reply.accept(granted.contains(lease) ? new LeaseAnswer.Alive(1, 2) : new LeaseAnswer.Gone());
        }

        @Override
        public void begin(Proposer proposer) {}

        @Override
        public void end() {}
    }
}
