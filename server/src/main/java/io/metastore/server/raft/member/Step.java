package io.metastore.server.raft.member;

import io.metastore.server.consensus.Members.Seat;
import io.metastore.server.consensus.PendingChange;
import io.metastore.server.consensus.PendingChange.Kind;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What a leader does next so that who votes and who is fed agrees with who belongs to the cluster.
///
///     voters 1 2 3, members 1 2 3            →  nothing
///     voters 1 2 3, members 1 2              →  remove 3; on member 3: hand over first
///     voters 1, learner 2, members 1 2       →  promote 2
///     voters 1 2 3, learner 4, members 1 2 4 →  swap 3 for 4
///     voters 1 2, learner 3, members 1 3     →  promote 3, and then remove 2
///     voters 1 2 3, 3 says it is a witness   →  rank 3
///     voters 1, members 1 2 3                →  add 2 or 3, whichever runs
sealed interface Step {
    /// Ratis refuses a configuration of which half is new: they could decide without anybody who was there before.
    int FEWEST_VOTERS_FOR_A_SWAP = 3;

    record Nothing() implements Step {}

    /// This member is to leave: somebody else must lead then.
    record HandOver() implements Step {}

    record Remove(MemberId member) implements Step {}

    record Promote(Member member) implements Step {}

    /// A voter leaves and a learner takes its place, so that there are never fewer voters than before.
    record Swap(MemberId leaving, Member member) implements Step {}

    /// Makes a voter known as a witness, or as none.
    record Rank(Member member) implements Step {}

    /// Adds one of these, whichever has been started.
    record Add(List<Member> candidates) implements Step {}

    /// What is told of it to those who wait.
    default Optional<PendingChange> pending() {
        return switch (this) {
            case Nothing() -> Optional.empty();
            case HandOver() -> Optional.of(new PendingChange(Kind.HAND_OVER, List.of()));
            case Remove(var member) -> Optional.of(new PendingChange(Kind.REMOVE, List.of(member)));
            case Promote(var member) -> Optional.of(new PendingChange(Kind.PROMOTE, List.of(member.id())));
            case Swap(var leaving, var member) ->
                Optional.of(new PendingChange(Kind.SWAP, List.of(leaving, member.id())));
            case Rank(var member) -> Optional.of(new PendingChange(Kind.RANK, List.of(member.id())));
            case Add(var candidates) ->
                Optional.of(new PendingChange(
                        Kind.ADD, candidates.stream().map(Member::id).toList()));
        };
    }

    /// Those who left go first: they may be what keeps a majority from being had.
    ///
    /// @param self the leader
    static Step next(Seats seats, Membership wanted, MemberId self) {
        if (!seats.settled() || wanted.members().isEmpty()) {
            return new Nothing();
        }
        var leaving = seats.all()
                .filter(member -> wanted.find(member).isEmpty())
                .sorted(Comparator.comparing(MemberId::toString))
                .toList();
        var promoted = wanted.voters().stream()
                .filter(member -> seats.seatOf(member.id()) == Seat.LEARNER)
                .findFirst();
        boolean voterLeaves = leaving.stream().anyMatch(seats.voters()::contains);
        if (promoted.isPresent() && voterLeaves && seats.voters().size() < FEWEST_VOTERS_FOR_A_SWAP) {
            return new Promote(promoted.get());
        }
        for (var member : leaving) {
            if (!member.equals(self)) {
                return promoted.filter(_ -> seats.seatOf(member) == Seat.VOTER)
                        .<Step>map(learner -> new Swap(member, learner))
                        .orElseGet(() -> new Remove(member));
            }
        }
        if (!leaving.isEmpty()) {
            return new HandOver();
        }
        if (promoted.isPresent()) {
            return new Promote(promoted.get());
        }
        for (var member : wanted.voters()) {
            if (seats.voters().contains(member.id()) && seats.witnesses().contains(member.id()) != member.witness()) {
                return new Rank(member);
            }
        }
        var missing = wanted.all().stream()
                .filter(member -> seats.seatOf(member.id()) == Seat.NONE)
                .toList();
        return missing.isEmpty() ? new Nothing() : new Add(missing);
    }
}
