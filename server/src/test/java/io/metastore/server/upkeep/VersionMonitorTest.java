package io.metastore.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.consensus.ClusterState;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.Contacts.Contact;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.MemberReport;
import io.metastore.server.model.ClusterVersion;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Release;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import io.metastore.server.request.VersionCommand.SetRelease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class VersionMonitorTest {
    private static final MemberId SELF = new MemberId(1);
    private static final MemberId OTHER = new MemberId(2);
    private static final Release BEFORE = new Release(3, 6);

    private final TwoMembers cluster = new TwoMembers();
    private ClusterVersion version = ClusterVersion.FIRST;
    private long now;
    private final VersionMonitor monitor = new VersionMonitor(cluster, () -> version, () -> now);

    @Test
    void theReleaseGoesToTheTargetAndBackWhenTheJobIsCancelled() {
        look();
        assertThat(cluster.proposed).isEmpty();

        version = version.downgrading(Optional.of(BEFORE));
        look();
        assertThat(cluster.proposed).containsExactly(new SetRelease(BEFORE));

        look();
        assertThat(cluster.proposed).hasSize(1);

        version = version.downgrading(Optional.empty());
        look();
        assertThat(cluster.proposed).containsExactly(new SetRelease(BEFORE), new SetRelease(Release.CURRENT));
        assertThat(version).isEqualTo(ClusterVersion.FIRST);
    }

    @Test
    void aMemberThatDoesNotAnswerOrNeverStartedHoldsItUp() {
        version = version.downgrading(Optional.of(BEFORE));
        cluster.others.put(OTHER, new Contact(5, 0));
        look();
        cluster.others.clear();
        look();
        assertThat(cluster.proposed).isEmpty();

        cluster.others.put(OTHER, new Contact(5, 1));
        look();
        assertThat(cluster.proposed).containsExactly(new SetRelease(BEFORE));
    }

    @Test
    void onlyTheLeaderChangesIt() {
        version = version.downgrading(Optional.of(BEFORE));
        cluster.leader = OTHER;

        look();

        assertThat(cluster.proposed).isEmpty();
    }

    @Test
    void whatWasRefusedIsTriedAgain() {
        version = version.downgrading(Optional.of(BEFORE));
        cluster.refusing = true;
        look();
        assertThat(version.release()).isEqualTo(Release.CURRENT);

        cluster.refusing = false;
        look();

        assertThat(version.release()).isEqualTo(BEFORE);
    }

    @Test
    void nothingComesOfAJobWithATargetBelowWhatThisServerCanBehaveAs() {
        version = new ClusterVersion(BEFORE, Optional.of(new Release(3, 5)));

        look();

        assertThat(cluster.proposed).isEmpty();
    }

    /// What it waits for may take days.
    @Test
    void aMemberThatIsAwayIsNotAskedForWithoutAPause() {
        version = version.downgrading(Optional.of(BEFORE));
        cluster.others.clear();
        for (int i = 0; i < 10; i++) {
            monitor.turn();
        }

        assertThat(cluster.asked).isEqualTo(1);
    }

    /// Until everything that was posted is done.
    private void look() {
        now += VersionMonitor.INTERVAL.toNanos();
        for (int i = 0; i < 3; i++) {
            monitor.turn();
        }
    }

    private final class TwoMembers implements Consensus {
        private final Map<MemberId, Contact> others = new HashMap<>(Map.of(OTHER, new Contact(5, 1)));
        private final List<Command> proposed = new ArrayList<>();
        private MemberId leader = SELF;
        private boolean refusing;
        private int asked;

        @Override
        public void propose(Command command, Consumer<Outcome> reply) {
            proposed.add(command);
            if (refusing) {
                reply.accept(new Outcome.Refused(Reason.TIMED_OUT));
            } else if (command instanceof SetRelease(var release)) {
                version = version.at(release);
                reply.accept(new Outcome.Accepted(1));
            }
        }

        @Override
        public void contacts(Consumer<Contacts> reply) {
            asked++;
            reply.accept(new Contacts.Known(SELF, 5, others));
        }

        @Override
        public List<Member> members() {
            return List.of(Member.unstarted(SELF, List.of(), false), Member.unstarted(OTHER, List.of(), false));
        }

        @Override
        public ClusterState state() {
            return new ClusterState(1, SELF, leader, 1, 1, 1);
        }

        @Override
        public boolean isLearner() {
            return false;
        }

        @Override
        public void awaitReadable(Consumer<Barrier> reply) {
            throw new IllegalStateException("nobody reads here");
        }

        @Override
        public void historyOf(MemberId member, long revision, Consumer<HistoryHash> reply) {
            throw new IllegalStateException("nobody asks for histories here");
        }

        @Override
        public void awaitSeat(MemberId member, Seat seat, Consumer<Optional<Reason>> reply) {
            throw new IllegalStateException("no member changes here");
        }

        @Override
        public void transferLeadership(MemberId heir, Consumer<Optional<Reason>> reply) {
            throw new IllegalStateException("nobody hands over here");
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
            throw new IllegalStateException("no leases here");
        }

        @Override
        public void leaseTimeToLive(LeaseId lease, Consumer<LeaseAnswer> reply) {
            throw new IllegalStateException("no leases here");
        }
    }
}
