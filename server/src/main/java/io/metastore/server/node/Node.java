package io.metastore.server.node;

import io.metastore.server.consensus.ClusterState;
import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.model.Alarm;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import io.metastore.server.trace.NoTracing;
import io.metastore.server.trace.Tracing;
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
    private final Doorkeeper doorkeeper;
    private final Entrance entrance;
    private final Reads reads;
    private final RequestMeter meter;
    private final Users users;
    private final Members members;
    private final Downgrades downgrades;
    private final Administration administration;

    /// @param random chooses the ids of leases
    public Node(NodeParts parts, NodeLimits limits, RandomGenerator random) {
        this(parts, limits, random, RequestMeter.NONE, new NoTracing());
    }

    /// As above, and tells how requests go.
    public Node(NodeParts parts, NodeLimits limits, RandomGenerator random, RequestMeter meter, Tracing tracing) {
        this.meter = meter;
        this.parts = parts;
        this.limits = limits;
        this.random = random;
        this.admission = new Admission(parts, limits);
        this.doorkeeper = new Doorkeeper(
                parts.state().auth(), parts.state().leases(), parts.identity().tokens());
        this.entrance = new Entrance(parts.consensus(), meter, admission, doorkeeper, tracing);
        this.reads = new Reads(parts.consensus(), parts.state().store(), doorkeeper, meter, tracing);
        this.users = new Users(parts, entrance, reads, doorkeeper);
        this.members = new Members(parts, entrance, reads, limits.members(), meter);
        this.downgrades = new Downgrades(parts, entrance, reads);
        this.administration = new Administration(parts, entrance, reads, limits.members());
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
            setAlarm(Credentials.MEMBER, alarm, true, _ -> done.run());
        }
    }

    /// Whether clients are asked who they are; one read of memory. While they are not, no credentials count.
    public boolean asksWho() {
        return doorkeeper.asks();
    }

    /// Why `who` is not served with what needs this right, as far as this member knows.
    public Optional<Reason> refuses(Credentials who, Right right) {
        return doorkeeper.refuses(who, right);
    }

    /// Calls `then` when this member knows as much of the credentials as others do: at once, or on `where` when
    /// they hold a token that was made elsewhere a moment ago.
    public void whenKnown(Credentials who, Executor where, Runnable then) {
        if (doorkeeper.asks() && doorkeeper.mayBecomeKnown(who, state().appliedIndex())) {
            linearizable(where, _ -> then.run());
        } else {
            then.run();
        }
    }

    /// Users, roles and logging in.
    public Users users() {
        return users;
    }

    /// Makes a change.
    public void execute(Credentials who, Command command, Consumer<Outcome> reply) {
        entrance.enter(who, command, reply);
    }

    /// Makes a change; without space for what it adds it is refused, and the alarm raised.
    public void executeWithinQuota(Credentials who, Command command, Consumer<Outcome> reply) {
        long charge = Charge.of(command);
        if (charge > 0 && exceedsQuota(charge)) {
            alarmNoSpace(() -> reply.accept(new Outcome.Refused(Reason.NO_SPACE)));
        } else {
            execute(who, command, reply);
        }
    }

    /// Reads a range; linearizable unless the query is serializable. The read itself and the reply run on `where`.
    public void read(Credentials who, Range query, Executor where, Consumer<Outcome> reply) {
        reads.read(who, query, where, reply);
    }

    /// Evaluates a transaction that changes nothing; serializable if all its ranges are.
    ///
    /// @param readOnly a transaction whose `isReadOnly()` is true
    public void read(Credentials who, Txn readOnly, Executor where, Consumer<Outcome> reply) {
        reads.read(who, readOnly, where, reply);
    }

    /// Calls `ready`, on `where`, when what is read here afterwards is linearizable, with nothing; or with the
    /// reason why that cannot be.
    public void linearizable(Executor where, Consumer<Optional<Reason>> ready) {
        reads.linearizable(where, ready);
    }

    /// A range piece by piece, from this member's state as it is; call `linearizable` first if that matters.
    public RangePages pages(Credentials who, Range query) {
        return new RangePages(reads, who, query);
    }

    /// Gives up history.
    ///
    /// @param physical reply only after the revisions are deleted here, for good
    public void compact(Credentials who, long revision, boolean physical, Consumer<Outcome> reply) {
        execute(who, new Command.Compact(revision), outcome -> {
            switch (outcome) {
                case Outcome.Done done
                when physical -> parts.background().whenCompacted(revision, () -> reply.accept(done));
                case Outcome.Done _, Outcome.Refused _ -> reply.accept(outcome);
            }
        });
    }

    /// Opens a stream of watches that delivers to `sink`. Who may watch what is asked for each, see
    /// `refusesWatch`.
    public WatchStream watch(WatchSink sink) {
        return parts.watches().open(sink);
    }

    /// Why these keys must not be watched.
    public Optional<Reason> refusesWatch(Credentials who, KeyRange keys) {
        return doorkeeper.refuses(who, access -> access.state().refusesRead(access.caller(), keys));
    }

    /// Opens a lease.
    ///
    /// @param id `NONE` lets this member choose a positive one
    /// @param ttlSeconds raised to the minimum when it is below
    public void grantLease(Credentials who, LeaseId id, long ttlSeconds, Consumer<Outcome> reply) {
        var refusal = ttlSeconds <= MAX_LEASE_SECONDS
                ? Optional.<Reason>empty()
                : refuses(who, Right.USER).or(() -> Optional.of(Reason.LEASE_TTL_TOO_LARGE));
        if (refusal.isPresent()) {
            reply.accept(new Outcome.Refused(refusal.get()));
            return;
        }
        var chosen = id.isNone() ? LeaseId.of(random.nextLong(1, Long.MAX_VALUE)) : id;
        execute(who, new Command.GrantLease(chosen, Math.max(ttlSeconds, limits.minLeaseSeconds())), reply);
    }

    public void renewLease(Credentials who, LeaseId id, Consumer<LeaseAnswer> reply) {
        var refusal = doorkeeper.refuses(
                who, access -> access.state().refusesStranger(access.caller()).or(() -> access.refusesChanging(id)));
        refusal.ifPresentOrElse(
                reason -> reply.accept(new LeaseAnswer.Refused(reason)),
                () -> parts.consensus().renewLease(id, reply));
    }

    /// Tells how long a lease still lives.
    ///
    /// @param withKeys whether the keys are to be told too, see `leaseKeys`
    public void leaseTimeToLive(Credentials who, LeaseId id, boolean withKeys, Consumer<LeaseAnswer> reply) {
        var refusal = doorkeeper.refuses(
                who,
                access -> access.state()
                        .refusesStranger(access.caller())
                        .or(() -> withKeys ? access.refusesReading(id) : Optional.empty()));
        refusal.ifPresentOrElse(
                reason -> reply.accept(new LeaseAnswer.Refused(reason)),
                () -> parts.consensus().leaseTimeToLive(id, reply));
    }

    /// The keys attached to a lease, in their order; reads storage.
    public List<Bytes> leaseKeys(LeaseId id) {
        return parts.state().leases().keys(id);
    }

    /// All leases, to somebody who may read all keys that are attached to any.
    public void leases(Credentials who, Executor where, Consumer<LeaseList> reply) {
        linearizable(
                where,
                refusal -> refusal.ifPresentOrElse(
                        reason -> reply.accept(new LeaseList.Refused(reason)),
                        () -> parts.background().leases(where, ids -> reply.accept(list(who, ids)))));
    }

    private LeaseList list(Credentials who, List<LeaseId> ids) {
        var refusal = doorkeeper.refuses(
                who,
                access -> access.state()
                        .refusesStranger(access.caller())
                        .or(() -> ids.stream()
                                .flatMap(id -> access.refusesReading(id).stream())
                                .findFirst()));
        return refusal.<LeaseList>map(LeaseList.Refused::new).orElseGet(() -> new LeaseList.Leases(ids));
    }

    /// The hash of the history up to `revision` (0: the newest), bit by bit that of etcd. Blocks: it reads
    /// everything.
    public HashResult hashKv(long revision) {
        long start = System.nanoTime();
        var result = parts.state().store().hashKv(revision);
        meter.hashed(true, start);
        return switch (result) {
            case io.metastore.server.mvcc.HashResult.Hash hash ->
                new HashResult.Hash(hash.hash(), hash.hashRevision(), hash.compactRevision(), hash.revision());
            case io.metastore.server.mvcc.HashResult.Refused(var reason) -> new HashResult.Refused(reason);
        };
    }

    /// A hash of all that is stored, equal on members that hold the same. Blocks: it reads everything.
    public int hash() {
        long start = System.nanoTime();
        int hash = parts.state().store().hash();
        meter.hashed(false, start);
        return hash;
    }

    public long revision() {
        return parts.state().store().revision();
    }

    public List<Alarm> alarms() {
        return parts.state().alarms().raised();
    }

    public void setAlarm(Credentials who, Alarm alarm, boolean raised, Consumer<Outcome> reply) {
        execute(who, new Command.SetAlarm(alarm, raised), reply);
    }

    /// Who belongs to the cluster, and changes of that.
    public Members members() {
        return members;
    }

    /// How the members are, and changes of them that expect something.
    public Administration administration() {
        return administration;
    }

    /// The release that the cluster behaves as, and changes of that.
    public Downgrades downgrades() {
        return downgrades;
    }

    /// Whether this member stores and serves, but does not vote: until both say otherwise, who belongs to
    /// the cluster and who votes in it.
    public boolean isLearner() {
        return parts.consensus().isLearner()
                || parts.state()
                        .members()
                        .find(state().self())
                        .filter(Member::learner)
                        .isPresent();
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
        return parts.background().stateFile(parts.state().members().all());
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
