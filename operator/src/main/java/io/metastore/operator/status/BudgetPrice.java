package io.metastore.operator.status;

import io.metastore.operator.member.Membership;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.plan.Plan;
import io.metastore.operator.plan.Step;
import java.util.OptionalInt;

/// How many Pods must stay: all but those that the members can do without, now and after the step that
/// is planned.
public final class BudgetPrice {
    private BudgetPrice() {}

    /// Nothing while no members are known, and for a cluster of one: its node could never be drained.
    public static OptionalInt minAvailable(Observed observed, Plan plan) {
        var membership = observed.membership();
        if (membership.isEmpty() || membership.get().members().size() < 2) {
            return OptionalInt.empty();
        }
        int voters = voters(membership.get());
        int spare = Math.min(spare(voters), spare(voters + change(plan)));
        return OptionalInt.of(membership.get().members().size() - spare);
    }

    private static int voters(Membership membership) {
        return (int) membership.members().stream()
                .filter(peer -> peer.role().votes())
                .count();
    }

    private static int spare(int voters) {
        return Math.max(0, (voters - 1) / 2);
    }

    private static int change(Plan plan) {
        return plan.steps().stream()
                        .anyMatch(step -> step instanceof Step.RemoveMember || step instanceof Step.SubstituteMember)
                ? -1
                : 0;
    }
}
