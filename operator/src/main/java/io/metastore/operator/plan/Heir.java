package io.metastore.operator.plan;

import io.metastore.operator.plan.View.Member;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/// Who is to lead next: a sound member with data that is hardly behind, never a witness or a learner.
final class Heir {
    private Heir() {}

    /// The best of them.
    ///
    /// @param suits a further condition
    static Optional<Member> of(View view, Predicate<Member> suits) {
        return view.members.stream()
                .filter(member -> member.holdsData() && !member.leads() && member.isSound())
                .filter(suits)
                .min(Comparator.comparingLong(
                                (Member member) -> member.peer().lag().orElse(Long.MAX_VALUE))
                        .thenComparing(Member::name));
    }
}
