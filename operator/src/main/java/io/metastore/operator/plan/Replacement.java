package io.metastore.operator.plan;

import io.metastore.crds.ConditionType;
import io.metastore.operator.model.Role;
import io.metastore.operator.plan.Plan.Activity;
import io.metastore.operator.plan.View.Member;
import java.util.Optional;

/// A member that lost its volume, or was away for too long, gives its place to a new one with another
/// number. With data the new one catches up first; a witness is replaced at once.
final class Replacement {
    private Replacement() {}

    static Optional<Member> lostVoter(View view) {
        return view.of(Role.VOTER).filter(view::isLost).findFirst();
    }

    static Optional<Member> lostWitness(View view) {
        return view.of(Role.WITNESS).filter(view::isLost).findFirst();
    }

    static Optional<Plan> plan(View view) {
        var voter = lostVoter(view);
        if (voter.isPresent()) {
            return Optional.of(
                    view.of(Role.VOTER).count() > view.wanted.members()
                            ? Removal.plan(view, voter.get(), voter.get().name() + " is lost and not needed")
                            : Newcomers.next(view, Role.LEARNER, voter.get().name() + " is lost"));
        }
        return lostWitness(view)
                .map(witness -> view.wanted.witness()
                        ? Newcomers.next(view, Role.WITNESS, "the witness " + witness.name() + " is lost")
                        : Removal.plan(view, witness, "the witness " + witness.name() + " is lost and not wanted"));
    }

    /// As many voters as before, at any moment.
    static Plan swap(View view, Member out, Member in) {
        if (out.leads()) {
            return Removal.handOver(view, out, "it is to be replaced by " + in.name());
        }
        if (view.soundVotersBesides(out.name()) + 1 < View.majority(view.voters())) {
            return Plan.blocked(
                    ConditionType.DEGRADED, out.name() + " is lost, and too few of the others answer to replace it");
        }
        return Plan.of(
                Activity.REPAIRING,
                new Step.SwapMember(
                        out.name(), out.peer().id(), in.name(), in.peer().id(), view.membership.version()),
                in.name() + " takes the place of " + out.name() + ", which is lost");
    }
}
