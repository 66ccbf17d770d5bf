package io.metastore.operator.plan;

import io.metastore.crds.ConditionType;
import io.metastore.operator.plan.Plan.Activity;
import io.metastore.operator.plan.View.Member;

/// A voter leaves, if the others have a majority without it.
final class Removal {
    private Removal() {}

    static Plan plan(View view, Member member, String why) {
        int left = view.voters() - 1;
        if (view.soundVotersBesides(member.name()) < View.majority(left) || !view.soundDataBesides(member.name())) {
            return Plan.blocked(
                    ConditionType.DEGRADED,
                    why + ", but without " + member.name() + " too few members would be well: it stays until they are");
        }
        if (member.leads()) {
            return handOver(view, member, why);
        }
        return Plan.of(
                Activity.SCALING,
                new Step.RemoveMember(member.name(), member.peer().id(), view.membership.version()),
                why + ": " + member.name() + " leaves the cluster");
    }

    static Plan handOver(View view, Member leader, String why) {
        return Heir.of(view, _ -> true)
                .map(heir -> Plan.of(
                        Activity.SCALING,
                        new Step.MoveLeader(heir.name(), heir.peer().id()),
                        why + ", and " + leader.name() + " leads: " + heir.name() + " is to lead"))
                .orElseGet(() ->
                        Plan.await(Activity.SCALING, why + ", and " + leader.name() + " leads: nobody else can yet"));
    }
}
