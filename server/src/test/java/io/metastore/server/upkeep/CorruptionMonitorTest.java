package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.ClusterState;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.MemberReport;
import io.metastore.server.model.Alarm;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CorruptionMonitorTest {
    private static final Duration NEWEST = Duration.ofHours(4);
    private static final Duration COMPACTIONS = Duration.ofMinutes(1);
    private static final MemberId SELF = new MemberId(1);
    private static final MemberId TWO = new MemberId(2);
    private static final MemberId THREE = new MemberId(3);

    private final FakeTime time = new FakeTime();
    private final ThreeMembers cluster = new ThreeMembers();
    private final History own = new History();
    private final CorruptionMonitor monitor = new CorruptionMonitor(
            cluster, own, new CorruptionSettings(Optional.of(NEWEST), Optional.of(COMPACTIONS)), time);

    @AfterEach
    void close() {
        monitor.close();
    }

    @Test
    void aFollowerThatDiffersFromTheMajorityOfACompactionIsNamed() {
        own.compactions = List.of(known(7, 20, 10));
        cluster.says(TWO, known(7, 20, 10));
        cluster.says(THREE, known(8, 20, 10));

        pass(COMPACTIONS);

        assertThat(cluster.alarms).containsExactly(THREE);
    }

    @Test
    void aCompactionIsComparedOnceAndAnOlderOneWhenSomebodyIsNotAsFar() {
        own.compactions = List.of(known(7, 30, 20), known(5, 20, 10));
        cluster.says(TWO, new HistoryHash.Future());
        cluster.says(THREE, new HistoryHash.Future());
        pass(COMPACTIONS);
        assertThat(cluster.asked).containsExactly(30L, 30L, 20L, 20L);

        cluster.asked.clear();
        cluster.says(TWO, known(7, 30, 20));
        cluster.says(THREE, known(7, 30, 20));
        pass(COMPACTIONS);
        pass(COMPACTIONS);

        assertThat(cluster.asked).containsExactly(30L, 30L);
        assertThat(cluster.alarms).isEmpty();
    }

    @Test
    void theNewestRevisionIsComparedToo() {
        own.newest = known(7, 40, -1);
        cluster.says(TWO, known(7, 40, -1));
        cluster.says(THREE, known(9, 40, -1));

        pass(NEWEST);

        assertThat(cluster.alarms).containsExactly(THREE);
    }

    @Test
    void withoutKnowingThatItStillLeadsItBlamesNobody() {
        own.newest = known(7, 40, -1);
        cluster.says(THREE, known(9, 40, -1));
        cluster.barrier = new Consensus.Barrier.Refused(Reason.TIMED_OUT);

        pass(NEWEST);

        assertThat(cluster.alarms).isEmpty();
    }

    @Test
    void aFollowerAsksNobody() {
        cluster.leader = TWO;
        own.compactions = List.of(known(7, 20, 10));

        pass(NEWEST);

        assertThat(cluster.asked).isEmpty();
    }

    @Test
    void atTheStartDifferencesAreToldAndTheSilentDoNotCount() {
        own.newest = known(7, 40, -1);
        cluster.says(TWO, known(9, 40, -1));

        assertThat(CorruptionAtStart.differences(cluster, own, Duration.ofSeconds(5)))
                .isEqualTo(Set.of(TWO));
    }

    /// Time passes, and all that is posted is done.
    private void pass(Duration duration) {
        time.pass(duration);
        for (int i = 0; i < 5; i++) {
            monitor.turn();
        }
    }

    private static HistoryHash.Known known(int hash, long hashRevision, long compactRevision) {
        return new HistoryHash.Known(hash, hashRevision, compactRevision, hashRevision);
    }

    private static final class History implements OwnHistory {
        private HistoryHash newest = new HistoryHash.Future();
        private List<HistoryHash.Known> compactions = List.of();

        @Override
        public HistoryHash upTo(long revision) {
            return newest;
        }

        @Override
        public List<HistoryHash.Known> ofCompactions() {
            return compactions;
        }
    }

    private static final class ThreeMembers implements Consensus {
        private final Map<MemberId, HistoryHash> answers = new HashMap<>();
        private final List<MemberId> alarms = new ArrayList<>();
        private final List<Long> asked = new ArrayList<>();
        private MemberId leader = SELF;
        private Barrier barrier = new Barrier.Passed();

        void says(MemberId member, HistoryHash hash) {
            answers.put(member, hash);
        }

        @Override
        public void historyOf(MemberId member, long revision, Consumer<HistoryHash> reply) {
            asked.add(revision);
            reply.accept(answers.getOrDefault(member, new HistoryHash.Silent()));
        }

        @Override
        public void propose(Command command, Consumer<Outcome> reply) {
            if (command instanceof Command.SetAlarm(Alarm(var member, var kind), var raised)) {
                assertThat(raised).isTrue();
                assertThat(kind).isEqualTo(Alarm.Kind.CORRUPT);
                alarms.add(member);
            }
        }

        @Override
        public void awaitReadable(Consumer<Barrier> reply) {
            reply.accept(barrier);
        }

        @Override
        public ClusterState state() {
            return new ClusterState(1, SELF, leader, 1, 1, 1);
        }

        @Override
        public List<Member> members() {
            return List.of(SELF, TWO, THREE).stream()
                    .map(id -> new Member(id, "", List.of(), List.of(), false))
                    .toList();
        }

        @Override
        public boolean isLearner() {
            return false;
        }

        @Override
        public void contacts(Consumer<Contacts> reply) {
            throw new IllegalStateException("nobody asks for members here");
        }

        @Override
        public void awaitSeat(MemberId member, Seat seat, Consumer<Optional<Reason>> reply) {
            throw new IllegalStateException("no member changes here");
        }

        @Override
        public void transferLeadership(MemberId heir, Consumer<Optional<Reason>> reply) {
            throw new IllegalStateException("leadership stays here");
        }

        @Override
        public void moveLeadership(Optional<MemberId> heir, Duration patience, Consumer<Optional<Reason>> reply) {
            throw new UnsupportedOperationException("nobody moves it here");
        }

        @Override
        public void report(MemberId member, Duration patience, Consumer<Optional<MemberReport>> reply) {
            reply.accept(Optional.empty());
        }

        @Override
        public void renewLease(LeaseId lease, Consumer<LeaseAnswer> reply) {
            throw new IllegalStateException("nobody asks for leases here");
        }

        @Override
        public void leaseTimeToLive(LeaseId lease, Consumer<LeaseAnswer> reply) {
            throw new IllegalStateException("nobody asks for leases here");
        }
    }
}
