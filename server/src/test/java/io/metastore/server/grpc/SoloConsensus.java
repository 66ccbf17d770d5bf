package io.metastore.server.grpc;

import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Entry;
import io.metastore.server.apply.EntryResult;
import io.metastore.server.apply.Position;
import io.metastore.server.apply.Stamp;
import io.metastore.server.consensus.ClusterState;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.consensus.Leading;
import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.MemberReport;
import io.metastore.server.consensus.Vitals;
import io.metastore.server.lease.LeaseTable;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// A cluster of one without a log: what is proposed is applied, by one thread. The leader can be taken away.
final class SoloConsensus implements Consensus, AutoCloseable {
    static final long CLUSTER = 7;
    static final MemberId SELF = new MemberId(0x8e9e05c52164694dL);
    private static final long TERM = 2;
    private static final Vitals VITALS =
            new Vitals("0.1.0", "3.7", "memory", OptionalLong.of(4096), OptionalLong.of(0), OptionalLong.empty());
    private static final Member FOUNDER = Member.unstarted(SELF, List.of("http://127.0.0.1:2380"), false);

    private final Applier applier;
    private final LeaseTable leases;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().name("apply").factory());
    private long sequence;
    private volatile long index;
    private volatile boolean leader = true;

    SoloConsensus(Applier applier, LeaseTable leases) {
        this.applier = applier;
        this.leases = leases;
        applier.found(List.of(FOUNDER));
    }

    void setLeader(boolean known) {
        leader = known;
    }

    @Override
    public void propose(Command command, Consumer<Outcome> reply) {
        if (!leader) {
            reply.accept(new Outcome.Refused(Reason.NO_LEADER));
            return;
        }
        thread.execute(() -> reply.accept(apply(command)));
    }

    private Outcome apply(Command command) {
        var next = new Position(TERM, index + 1);
        var result = applier.apply(next, List.of(new Entry(new Stamp(TERM, SELF, 1, ++sequence), List.of(command))))
                .getFirst();
        index = next.index();
        return switch (result) {
            case EntryResult.Applied(var outcomes) -> outcomes.getFirst();
            case EntryResult.Skipped(var cause) -> throw new IllegalStateException("skipped: " + cause);
        };
    }

    @Override
    public void awaitReadable(Consumer<Barrier> reply) {
        thread.execute(() -> reply.accept(leader ? new Barrier.Passed() : new Barrier.Refused(Reason.TIMED_OUT)));
    }

    @Override
    public void renewLease(LeaseId lease, Consumer<LeaseAnswer> reply) {
        thread.execute(() -> reply.accept(lookUp(lease)));
    }

    @Override
    public void historyOf(MemberId member, long revision, Consumer<HistoryHash> reply) {
        reply.accept(new HistoryHash.Silent());
    }

    @Override
    public void leaseTimeToLive(LeaseId lease, Consumer<LeaseAnswer> reply) {
        thread.execute(() -> reply.accept(lookUp(lease)));
    }

    /// Time stands still here.
    private LeaseAnswer lookUp(LeaseId id) {
        if (!leader) {
            return new LeaseAnswer.Refused(Reason.NO_LEADER);
        }
        return leases.find(id)
                .<LeaseAnswer>map(lease -> new LeaseAnswer.Alive(lease.ttlSeconds() * 1000, lease.ttlSeconds()))
                .orElseGet(LeaseAnswer.Gone::new);
    }

    @Override
    public ClusterState state() {
        return new ClusterState(CLUSTER, SELF, leader ? SELF : MemberId.NONE, TERM, index, index);
    }

    @Override
    public boolean isLearner() {
        return false;
    }

    @Override
    public List<Member> members() {
        return List.of(FOUNDER);
    }

    @Override
    public void contacts(Consumer<Contacts> reply) {
        reply.accept(new Contacts.Known(SELF, index, Map.of()));
    }

    @Override
    public void awaitSeat(MemberId member, Seat seat, Consumer<Optional<Reason>> reply) {
        reply.accept(Optional.empty());
    }

    @Override
    public void transferLeadership(MemberId heir, Consumer<Optional<Reason>> reply) {
        reply.accept(heir.equals(SELF) ? Optional.empty() : Optional.of(Reason.TRANSFER_TIMED_OUT));
    }

    @Override
    public void moveLeadership(Optional<MemberId> heir, Duration patience, Consumer<Optional<Reason>> reply) {
        reply.accept(heir.filter(SELF::equals).isPresent() ? Optional.empty() : Optional.of(Reason.NO_HEIR));
    }

    @Override
    public void report(MemberId member, Duration patience, Consumer<Optional<MemberReport>> reply) {
        reply.accept(
                member.equals(SELF)
                        ? Optional.of(new MemberReport(SELF, TERM, index, Optional.of(VITALS), leading()))
                        : Optional.empty());
    }

    private Optional<Leading> leading() {
        return leader
                ? Optional.of(new Leading(
                        new Contacts.Known(SELF, index, Map.of()),
                        index,
                        Map.of(),
                        applier.members().version(),
                        Set.of(SELF),
                        Optional.empty()))
                : Optional.empty();
    }

    @Override
    public void close() {
        thread.close();
    }
}
