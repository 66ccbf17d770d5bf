package io.metastore.operator.plan;

import io.metastore.operator.model.Role;
import io.metastore.operator.plan.View.Member;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// More members, or fewer, one at a time. What comes, comes before what goes.
final class Scaling {
    private Scaling() {}

    static Optional<Plan> plan(View view) {
        long data = view.of(Role.VOTER).count();
        var witness = view.of(Role.WITNESS).findFirst();
        if (data < view.wanted.members()) {
            return Optional.of(
                    Newcomers.next(view, Role.LEARNER, data + " of " + view.wanted.members() + " members are there"));
        }
        if (view.wanted.witness() && witness.isEmpty()) {
            return Optional.of(Newcomers.next(view, Role.WITNESS, "the witness is not there"));
        }
        if (!view.wanted.witness() && witness.isPresent()) {
            return Optional.of(Removal.plan(view, witness.get(), "no witness is wanted"));
        }
        if (data > view.wanted.members()) {
            return Optional.of(Removal.plan(
                    view, leaving(view), data + " members are there and " + view.wanted.members() + " are wanted"));
        }
        return Optional.empty();
    }

    /// One that is not well rather than one that is, the leader last, then whoever has most neighbours
    /// in its zone, then the youngest.
    private static Member leaving(View view) {
        var inZone = new HashMap<String, Integer>();
        view.of(Role.VOTER).forEach(member -> inZone.merge(zone(member), 1, Integer::sum));
        return view.of(Role.VOTER)
                .min(Comparator.comparing(Member::isSound)
                        .thenComparing(Member::leads)
                        .thenComparingInt(member -> -crowd(inZone, member))
                        .thenComparing(Member::name, Comparator.reverseOrder()))
                .orElseThrow();
    }

    private static int crowd(Map<String, Integer> inZone, Member member) {
        return zone(member).isEmpty() ? 0 : inZone.getOrDefault(zone(member), 0);
    }

    private static String zone(Member member) {
        return member.pod()
                .flatMap(pod -> pod.site())
                .flatMap(site -> site.zone())
                .orElse("");
    }
}
