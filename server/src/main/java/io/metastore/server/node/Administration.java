package io.metastore.server.node;

import io.metastore.server.cluster.MemberTable;
import io.metastore.server.config.MembershipConfig;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Leading;
import io.metastore.server.consensus.Members.Seat;
import io.metastore.server.consensus.PendingChange;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.MemberIds;
import io.metastore.server.model.MembersVersion;
import io.metastore.server.model.Membership;
import io.metastore.server.request.MemberCommand;
import io.metastore.server.request.MemberCommand.Successor;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The part of the door for those who look after the cluster: how its members are, and changes of them one at a time,
/// each from
/// a list of members that was seen. Each call blocks its caller, for a bounded time.
///
/// etcd's rules for such changes hold, see `QuorumCheck`. Beyond them a change is refused while the one before it is
/// not
/// complete, unless it takes that one back.
public final class Administration {
    private final Consensus consensus;
    private final MemberTable table;
    private final Entrance entrance;
    private final Reads reads;
    private final MembershipConfig config;
    private final Survey survey;
    private final LeaderMoves moves;
    private final InstantSource clock = InstantSource.system();

    Administration(NodeParts parts, Entrance entrance, Reads reads, MembershipConfig config) {
        this.consensus = parts.consensus();
        this.table = parts.state().members();
        this.entrance = entrance;
        this.reads = reads;
        this.config = config;
        this.survey = new Survey(parts, reads);
        this.moves = new LeaderMoves(parts, survey);
    }

    /// Who asks, and which members they want to change: whatever is there if nothing is expected.
    public record Order(Credentials who, Optional<MembersVersion> expected) {}

    /// What a member that is added is to be.
    public enum Role {
        VOTER,
        LEARNER,
        WITNESS
    }

    /// A change that was made.
    ///
    /// @param version of the members after it
    /// @param member who came, was promoted, or left without a successor
    public record Change(MembersVersion version, MemberId member, List<Member> members) {}

    /// A change that is wanted.
    ///
    /// @param member whom the answer names
    /// @param rule why the voters do not allow it; asked only when they are to be asked
    /// @param takesBack members whose own addition may be incomplete
    /// @param settled where whom is waited for
    private record Plan(
            MemberCommand command,
            MemberId member,
            Function<QuorumCheck, Optional<Reason>> rule,
            Set<MemberId> takesBack,
            Optional<Awaited> settled) {}

    private record Awaited(MemberId member, Seat seat) {}

    public ClusterView look() {
        return survey.look();
    }

    /// Hands leadership over, and the like.
    public LeaderMoves moves() {
        return moves;
    }

    /// Adds a member, which can be started then.
    public Administered<Change> add(Order order, List<String> peerUrls, Role role) {
        var urls = Members.urls(peerUrls);
        if (urls.isEmpty()) {
            return Administered.refused(Reason.MEMBER_URLS_INVALID);
        }
        boolean learner = role == Role.LEARNER;
        var member = newcomer(urls, learner, role == Role.WITNESS);
        return change(
                order,
                new Plan(
                        new MemberCommand.Add(member, config.maxLearners()),
                        member.id(),
                        whenStrict(check -> check.refusesAdd(learner)),
                        Set.of(),
                        Optional.empty()));
    }

    private Member newcomer(List<String> urls, boolean learner, boolean witness) {
        var member = Member.unstarted(MemberIds.added(urls, clock.instant().getEpochSecond()), urls, learner);
        return witness ? member.toBeWitness() : member;
    }

    /// Removes a member for good.
    public Administered<Change> remove(Order order, MemberId member) {
        return change(
                order,
                new Plan(
                        new MemberCommand.Remove(member),
                        member,
                        whenStrict(check -> check.refusesRemoval(member)),
                        Set.of(member),
                        outOf(member)));
    }

    /// Makes a learner a voter.
    public Administered<Change> promote(Order order, MemberId member) {
        return change(
                order,
                new Plan(
                        new MemberCommand.Promote(member),
                        member,
                        check -> check.lacksLog(member)
                                .or(() -> config.strict() ? check.refusesPromotion() : Optional.empty()),
                        Set.of(),
                        Optional.of(new Awaited(member, Seat.VOTER))));
    }

    /// Removes a member and puts one in its place that has yet to be started, in the same role.
    public Administered<Change> replace(Order order, MemberId leaving, List<String> peerUrls) {
        var urls = Members.urls(peerUrls);
        if (urls.isEmpty()) {
            return Administered.refused(Reason.MEMBER_URLS_INVALID);
        }
        var known = table.find(leaving);
        var member = newcomer(
                urls,
                known.filter(Member::learner).isPresent(),
                known.filter(Member::witness).isPresent());
        var successor = new Successor.Newcomer(new MemberCommand.Add(member, config.maxLearners()));
        return change(
                order,
                new Plan(
                        new MemberCommand.Replace(leaving, successor),
                        member.id(),
                        whenStrict(check -> check.refusesRemoval(leaving)),
                        Set.of(leaving),
                        outOf(leaving)));
    }

    /// Removes a member and makes a learner that has caught up a voter in its place.
    public Administered<Change> replace(Order order, MemberId leaving, MemberId learner) {
        return change(
                order,
                new Plan(
                        new MemberCommand.Replace(leaving, new Successor.Learner(learner)),
                        learner,
                        check -> check.lacksLog(learner)
                                .or(() -> config.strict() ? check.refusesRemoval(leaving) : Optional.empty()),
                        Set.of(leaving),
                        outOf(leaving)));
    }

    private Function<QuorumCheck, Optional<Reason>> whenStrict(Function<QuorumCheck, Optional<Reason>> rule) {
        return config.strict() ? rule : _ -> Optional.empty();
    }

    /// This member cannot wait for its own end.
    private Optional<Awaited> outOf(MemberId member) {
        return member.equals(consensus.state().self()) ? Optional.empty() : Optional.of(new Awaited(member, Seat.NONE));
    }

    private Administered<Change> change(Order order, Plan plan) {
        var unreadable = new CompletableFuture<Optional<Reason>>();
        reads.linearizable(Runnable::run, unreadable::complete);
        if (unreadable.join().isPresent()) {
            return Administered.refused(unreadable.join().get());
        }
        // What is pending is told of the same members that are looked at here, and changed only if they are still
        // those.
        var leading =
                survey.leader(known -> known.version().equals(table.membership().version()));
        var seen = table.membership();
        if (order.expected().filter(version -> !version.equals(seen.version())).isPresent()) {
            return moved(order.expected().get(), seen.version());
        }
        if (leading.isEmpty() || !leading.get().version().equals(seen.version())) {
            return Administered.refused(Reason.UNHEALTHY_CLUSTER);
        }
        var refusal = refusal(plan, leading.get(), seen);
        return refusal.isPresent() ? refusal.get() : carryOut(order, plan, seen.version());
    }

    private Optional<Administered<Change>> refusal(Plan plan, Leading leading, Membership seen) {
        var open = leading.pending().filter(pending -> !takesBack(plan, pending));
        if (open.isPresent()) {
            return Optional.of(new Administered.Refused<>(Reason.MEMBERS_CHANGING, text(open.get())));
        }
        return plan.rule().apply(new QuorumCheck(seen, leading.contacts())).map(Administered::refused);
    }

    private static boolean takesBack(Plan plan, PendingChange pending) {
        return pending.kind() == PendingChange.Kind.ADD
                && pending.members().stream().allMatch(plan.takesBack()::contains);
    }

    private static String text(PendingChange pending) {
        var members = pending.members().stream().map(MemberId::toString).collect(Collectors.joining(", "));
        return switch (pending.kind()) {
            case SETTLE -> "it is being agreed on";
            case ADD -> "member " + members + " has not been started yet, or is catching up";
            case REMOVE -> "member " + members + " is being removed";
            case PROMOTE -> "member " + members + " is being promoted";
            case SWAP -> "members take each other's place: " + members;
            case RANK -> "member " + members + " has begun to be a witness, or ceased to be one";
            case HAND_OVER -> "the leader is leaving";
        };
    }

    private Administered<Change> carryOut(Order order, Plan plan, MembersVersion seen) {
        var outcome = new CompletableFuture<Administered<Change>>();
        entrance.enter(order.who(), new MemberCommand.Expecting(seen, plan.command()), applied -> {
            var now = table.membership();
            outcome.complete(
                    switch (applied) {
                        case Outcome.Refused(var reason) ->
                            reason == Reason.MEMBERS_CHANGED
                                    ? moved(seen, now.version())
                                    : Administered.refused(reason);
                        case Outcome.Done _ ->
                            new Administered.Done<>(new Change(now.version(), plan.member(), now.all()));
                    });
        });
        return switch (outcome.join()) {
            case Administered.Refused<Change> refused -> refused;
            case Administered.Done<Change> done ->
                plan.settled()
                        .map(this::await)
                        .orElseGet(Optional::empty)
                        .<Administered<Change>>map(Administered::refused)
                        .orElse(done);
        };
    }

    private Optional<Reason> await(Awaited awaited) {
        var late = new CompletableFuture<Optional<Reason>>();
        consensus.awaitSeat(awaited.member(), awaited.seat(), late::complete);
        return late.join();
    }

    private static Administered<Change> moved(MembersVersion expected, MembersVersion now) {
        return new Administered.Refused<>(
                Reason.MEMBERS_CHANGED, "expected version " + expected + ", it is " + now + " now");
    }
}
