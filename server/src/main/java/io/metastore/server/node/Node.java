package io.metastore.server.node;

import io.metastore.server.consensus.ClusterState;
import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.Member;
import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import io.metastore.server.watch.WatchSink;
import io.metastore.server.watch.WatchStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The one door: every request of every protocol comes in here. It decides what is admitted, fixes what must not
/// differ between members, proposes changes and reads this member's state. Nothing here blocks unless it says so.
///
/// A reply is called exactly once. That of a change runs on the thread that applies commands, or on the caller's when
/// the change is refused at once: it hands the outcome on and neither blocks nor throws.
public final class Node {
    private static final long MAX_LEASE_SECONDS = 9_000_000_000L;

    private final NodeParts parts;
    private final NodeLimits limits;
    private final RandomGenerator random;
    private final Admission admission;
    private final Reads reads;

    /// @param random chooses the ids of leases
    public Node(NodeParts parts, NodeLimits limits, RandomGenerator random) {
        this.parts = parts;
        this.limits = limits;
        this.random = random;
        this.admission = new Admission(parts, limits);
        this.reads = new Reads(parts.consensus(), parts.state().store());
    }

    public ClusterState state() {
        return parts.consensus().state();
    }

    public NodeLimits limits() {
        return limits;
    }

    /// Whether a change that adds about `charge` bytes is to be refused for want of space. It is asked before a
    /// request is looked at closely, as etcd does, and of puts and grants only.
    public boolean exceedsQuota(long charge) {
        return admission.exceedsQuota(charge);
    }

    /// Raises the alarm that this member has no space. `done` is called once, when the alarm stands, or when that
    /// could not be agreed on; at once if it stands already.
    public void alarmNoSpace(Runnable done) {
        var alarm = new Alarm(state().self(), Alarm.Kind.NO_SPACE);
        if (alarms().contains(alarm)) {
            done.run();
        } else {
            setAlarm(alarm, true, _ -> done.run());
        }
    }

    /// Makes a change.
    public void execute(Command command, Consumer<Outcome> reply) {
        admission
                .refuses(command)
                .ifPresentOrElse(
                        reason -> reply.accept(new Outcome.Refused(reason)),
                        () -> parts.consensus().propose(command, reply));
    }

    /// Reads a range; linearizable unless the query is serializable. The read itself and the reply run on `where`.
    public void read(Range query, Executor where, Consumer<Outcome> reply) {
        reads.read(query, where, reply);
    }

    /// Evaluates a transaction that changes nothing; serializable if all its ranges are.
    ///
    /// @param readOnly a transaction whose `isReadOnly()` is true
    public void read(Txn readOnly, Executor where, Consumer<Outcome> reply) {
        reads.read(readOnly, where, reply);
    }

    /// Calls `ready`, on `where`, when what is read here afterwards is linearizable, with nothing; or with the
    /// reason why that cannot be.
    public void linearizable(Executor where, Consumer<Optional<Reason>> ready) {
        reads.linearizable(where, ready);
    }

    /// A range piece by piece, from this member's state as it is; call `linearizable` first if that matters.
    public RangePages pages(Range query) {
        return new RangePages(parts.state().store(), query);
    }

    /// Gives up history.
    ///
    /// @param physical reply only after the revisions are deleted here, for good
    public void compact(long revision, boolean physical, Consumer<Outcome> reply) {
        execute(new Command.Compact(revision), outcome -> {
            switch (outcome) {
                case Outcome.Done done
                when physical -> parts.background().whenCompacted(revision, () -> reply.accept(done));
                case Outcome.Done _, Outcome.Refused _ -> reply.accept(outcome);
            }
        });
    }

    /// Opens a stream of watches that delivers to `sink`.
    public WatchStream watch(WatchSink sink) {
        return parts.watches().open(sink);
    }

    /// Opens a lease.
    ///
    /// @param id `NONE` lets this member choose a positive one
    /// @param ttlSeconds raised to the minimum when it is below
    public void grantLease(LeaseId id, long ttlSeconds, Consumer<Outcome> reply) {
        if (ttlSeconds > MAX_LEASE_SECONDS) {
            reply.accept(new Outcome.Refused(Reason.LEASE_TTL_TOO_LARGE));
            return;
        }
        var chosen = id.isNone() ? LeaseId.of(random.nextLong(1, Long.MAX_VALUE)) : id;
        execute(new Command.GrantLease(chosen, Math.max(ttlSeconds, limits.minLeaseSeconds())), reply);
    }

    public void renewLease(LeaseId id, Consumer<LeaseAnswer> reply) {
        parts.consensus().renewLease(id, reply);
    }

    public void leaseTimeToLive(LeaseId id, Consumer<LeaseAnswer> reply) {
        parts.consensus().leaseTimeToLive(id, reply);
    }

    /// The keys attached to a lease, in their order; reads storage.
    public List<Bytes> leaseKeys(LeaseId id) {
        return parts.state().leases().keys(id);
    }

    public void leases(Executor where, Consumer<LeaseList> reply) {
        linearizable(
                where,
                refusal -> refusal.ifPresentOrElse(
                        reason -> reply.accept(new LeaseList.Refused(reason)),
                        () -> parts.background().leases(where, ids -> reply.accept(new LeaseList.Leases(ids)))));
    }

    /// The hash of the history up to `revision` (0: the newest), bit by bit that of etcd. Blocks: it reads
    /// everything.
    public HashResult hashKv(long revision) {
        return switch (parts.state().store().hashKv(revision)) {
            case io.metastore.server.mvcc.HashResult.Hash hash ->
                new HashResult.Hash(hash.hash(), hash.hashRevision(), hash.compactRevision(), hash.revision());
            case io.metastore.server.mvcc.HashResult.Refused(var reason) -> new HashResult.Refused(reason);
        };
    }

    /// A hash of all that is stored, equal on members that hold the same. Blocks: it reads everything.
    public int hash() {
        return parts.state().store().hash();
    }

    public long revision() {
        return parts.state().store().revision();
    }

    public List<Alarm> alarms() {
        return parts.state().alarms().raised();
    }

    public void setAlarm(Alarm alarm, boolean raised, Consumer<Outcome> reply) {
        execute(new Command.SetAlarm(alarm, raised), reply);
    }

    public void members(boolean linearizable, Executor where, Consumer<MemberList> reply) {
        if (!linearizable) {
            where.execute(() -> reply.accept(new MemberList.Members(members())));
            return;
        }
        linearizable(
                where,
                refusal -> reply.accept(refusal.<MemberList>map(MemberList.Refused::new)
                        .orElseGet(() -> new MemberList.Members(members()))));
    }

    private List<Member> members() {
        return parts.consensus().members().stream().map(this::introduced).toList();
    }

    /// The member with what it told about itself.
    private Member introduced(Member member) {
        return parts.state()
                .members()
                .find(member.id())
                .map(about ->
                        new Member(member.id(), about.name(), member.peerUrls(), about.clientUrls(), member.learner()))
                .orElse(member);
    }

    /// Whether this member stores and serves, but does not vote.
    public boolean isLearner() {
        return parts.consensus().isLearner();
    }

    public NodeStatus status() {
        long size = admission.size();
        return new NodeStatus(
                state(),
                revision(),
                size,
                size - (Admission.EMPTY_BYTES - Admission.EMPTY_BYTES_IN_USE),
                limits.requests().quotaBytes(),
                alarms(),
                isLearner());
    }

    /// This member's state as a file of etcd's. Blocks: it reads everything once.
    public StateFile stateFile() {
        return parts.background().stateFile(members());
    }

    /// Whether this member's state is being replaced, which waits for all that is read of the old one.
    public boolean isReplacingState() {
        return parts.state().store().isUnloaded();
    }

    /// Gives the space of deleted rows back to the disk. Blocks; reads and changes go on meanwhile.
    public void reclaim() {
        parts.background().reclaim();
    }
}
