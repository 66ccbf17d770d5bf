package io.metastore.server.node;

import io.metastore.server.cluster.MemberTable;
import io.metastore.server.consensus.ClusterState;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Leading;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.request.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Moves leadership on purpose, and tells whether a member may stop. Each call blocks its caller, for a bounded time.
public final class LeaderMoves {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Consensus consensus;
    private final MemberTable table;
    private final Survey survey;

    LeaderMoves(NodeParts parts, Survey survey) {
        this.consensus = parts.consensus();
        this.table = parts.state().members();
        this.survey = survey;
    }

    /// Who leads, in which term.
    public record Lead(MemberId leader, long term) {}

    /// What a member's stop would mean.
    ///
    /// @param needed so many of `voters` must answer
    /// @param answering without the member
    /// @param survives whether they are enough, with one that holds data among them
    /// @param leader who leads now, `MemberId.NONE` for nobody
    public record Stop(MemberId member, boolean survives, int voters, int needed, int answering, MemberId leader) {
        Stop ledBy(MemberId now) {
            return new Stop(member, survives, voters, needed, answering, now);
        }
    }

    /// Hands leadership to `heir`, or to whoever is best; returns when this member sees that one lead.
    public Administered<Lead> transfer(Optional<MemberId> heir) {
        if (heir.isPresent()
                && heir.flatMap(table::find)
                        .filter(member -> !member.learner() && !member.witness())
                        .isEmpty()) {
            return Administered.refused(Reason.BAD_TRANSFEREE);
        }
        var before = consensus.state();
        return heir.filter(before.leader()::equals).isPresent()
                ? new Administered.Done<>(lead(before))
                : moveFrom(before.leader(), heir);
    }

    private Administered<Lead> moveFrom(MemberId leader, Optional<MemberId> heir) {
        if (leader.equals(MemberId.NONE)) {
            return Administered.refused(Reason.NO_LEADER);
        }
        var refusal = new CompletableFuture<Optional<Reason>>();
        consensus.moveLeadership(heir, PATIENCE, refusal::complete);
        if (refusal.join().isPresent()) {
            return Administered.refused(refusal.join().get());
        }
        Predicate<MemberId> expected = now -> heir.map(now::equals).orElse(!now.equals(leader));
        return Survey.within(
                        PATIENCE,
                        () -> Optional.of(consensus.state())
                                .filter(ClusterState::hasLeader)
                                .filter(state -> expected.test(state.leader())))
                .<Administered<Lead>>map(state -> new Administered.Done<>(lead(state)))
                .orElseGet(() -> Administered.refused(Reason.TRANSFER_TIMED_OUT));
    }

    private static Lead lead(ClusterState state) {
        return new Lead(state.leader(), state.term());
    }

    /// Makes a member that is about to stop one that can be spared.
    ///
    /// @param member nothing for this one
    /// @param force do what can be done, and refuse nothing
    public Administered<Stop> prepareStop(Optional<MemberId> member, boolean force) {
        var stopping = member.orElse(consensus.state().self());
        if (table.find(stopping).isEmpty()) {
            return Administered.refused(Reason.MEMBER_NOT_FOUND);
        }
        var leading = survey.leader(_ -> true);
        if (leading.isEmpty()) {
            return force ? new Administered.Done<>(blind(stopping)) : Administered.refused(Reason.NO_LEADER);
        }
        var stop = stop(stopping, leading.get());
        if (!stop.survives() && !force) {
            return new Administered.Refused<>(Reason.QUORUM_AT_RISK, text(stop, leading.get()));
        }
        return stop.leader().equals(stopping) ? handedOver(stop, force) : new Administered.Done<>(stop);
    }

    private Stop stop(MemberId stopping, Leading leading) {
        var answering = answering(leading).stream()
                .filter(voter -> !voter.equals(stopping))
                .toList();
        int voters = leading.voters().size();
        int needed = voters / 2 + 1;
        return new Stop(
                stopping,
                answering.size() >= needed && answering.stream().anyMatch(this::holdsData),
                voters,
                needed,
                answering.size(),
                leading.contacts().leader());
    }

    private static List<MemberId> answering(Leading leading) {
        var health = new Health(leading);
        return leading.voters().stream().filter(health::keepsUp).toList();
    }

    private boolean holdsData(MemberId member) {
        return table.find(member).filter(known -> !known.witness()).isPresent();
    }

    /// Nobody knows who answers.
    private Stop blind(MemberId stopping) {
        int voters =
                (int) table.all().stream().filter(member -> !member.learner()).count();
        return new Stop(stopping, false, voters, voters / 2 + 1, 0, MemberId.NONE);
    }

    private Administered<Stop> handedOver(Stop stop, boolean force) {
        return switch (moveFrom(stop.member(), Optional.empty())) {
            case Administered.Done<Lead>(var lead) -> new Administered.Done<>(stop.ledBy(lead.leader()));
            case Administered.Refused<Lead>(var reason, var detail) ->
                force
                        ? new Administered.Done<>(stop.ledBy(consensus.state().leader()))
                        : new Administered.Refused<>(reason, detail);
        };
    }

    /// As in "without member 3 1 of 3 voters answer, and 2 are needed, one of them with data; these do not answer or
    /// are
    /// far behind: m2 (2)".
    private String text(Stop stop, Leading leading) {
        var absent = leading.voters().stream()
                .filter(voter -> !answering(leading).contains(voter) && !voter.equals(stop.member()))
                .map(voter -> table.find(voter).map(Member::name).orElse("") + " (" + voter + ")")
                .sorted()
                .collect(Collectors.joining(", "));
        var counts = "without member " + stop.member() + " " + stop.answering() + " of " + stop.voters()
                + " voters answer, and " + stop.needed() + " are needed, one of them with data";
        return absent.isEmpty() ? counts : counts + "; these do not answer or are far behind: " + absent;
    }
}
