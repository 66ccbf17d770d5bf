package io.metastore.server.raft.member;

import io.metastore.server.consensus.Members.Seat;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import java.util.Comparator;
import java.util.List;

/// What a leader does next so that who votes and who is fed agrees with who belongs to the cluster.
///
///     voters 1 2 3, members 1 2 3            →  nothing
///     voters 1 2 3, members 1 2              →  remove 3; on member 3: hand over first
///     voters 1, learner 2, members 1 2       →  promote 2
///     voters 1 2 3, 3 says it is a witness   →  rank 3
///     voters 1, members 1 2 3                →  add 2 or 3, whichever runs
sealed interface Step {
    record Nothing() implements Step {}

    /// This member is to leave: somebody else must lead then.
    record HandOver() implements Step {}

    record Remove(MemberId member) implements Step {}

    record Promote(Member member) implements Step {}

    /// Makes a voter known as a witness, or as none.
    record Rank(Member member) implements Step {}

    /// Adds one of these, whichever has been started.
    record Add(List<Member> candidates) implements Step {}

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
        for (var member : leaving) {
            if (!member.equals(self)) {
                return new Remove(member);
            }
        }
        if (!leaving.isEmpty()) {
            return new HandOver();
        }
        for (var member : wanted.voters()) {
            if (seats.seatOf(member.id()) == Seat.LEARNER) {
                return new Promote(member);
            }
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
