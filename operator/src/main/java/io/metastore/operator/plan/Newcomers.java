package io.metastore.operator.plan;

import io.metastore.operator.member.Membership.Peer;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.observe.ObservedVolume;
import io.metastore.operator.plan.Plan.Activity;
import io.metastore.operator.plan.View.Member;
import java.util.Optional;

/// New members, one at a time: a number and volumes, then a place in the cluster, then a Pod. One with
/// data begins as a learner and votes once it has caught up; a witness votes when it runs.
final class Newcomers {
    /// As raft.md asks of a learner that is to vote.
    private static final long CAUGHT_UP = 500;

    private Newcomers() {}

    /// What the cluster lacks first. The rules below ask in the same order; else one would make what
    /// another one takes away.
    static Optional<Role> needed(View view) {
        long data = view.of(Role.VOTER).count();
        if (Replacement.lostVoter(view).isPresent()) {
            return data <= view.wanted.members() ? Optional.of(Role.LEARNER) : Optional.empty();
        }
        if (Replacement.lostWitness(view).isPresent()) {
            return view.wanted.witness() ? Optional.of(Role.WITNESS) : Optional.empty();
        }
        if (data < view.wanted.members()) {
            return Optional.of(Role.LEARNER);
        }
        return view.wanted.witness() && view.of(Role.WITNESS).findAny().isEmpty()
                ? Optional.of(Role.WITNESS)
                : Optional.empty();
    }

    /// The member that is being made: it has a number and volumes, and does not belong to the cluster
    /// yet. Nothing when none is needed; whatever else has volumes is left over then.
    static Optional<MemberName> candidate(View view) {
        if (view.of(Role.LEARNER).findAny().isPresent()) {
            return Optional.empty();
        }
        return needed(view)
                .flatMap(role -> view.observed.volumes().stream()
                        .filter(volume ->
                                volume.isUsable() && volume.clusterId().isEmpty())
                        .filter(volume -> volume.role() == kept(role) && !view.contains(volume.name()))
                        .map(ObservedVolume::name)
                        .findFirst());
    }

    /// A volume of a learner is that of a voter to be.
    private static Role kept(Role role) {
        return role == Role.WITNESS ? Role.WITNESS : Role.VOTER;
    }

    /// What becomes of a member that does not vote yet.
    static Optional<Plan> plan(View view) {
        return view.of(Role.LEARNER).findFirst().map(learner -> plan(view, learner));
    }

    private static Plan plan(View view, Member learner) {
        if (learner.peer().started() && view.membership.pending().isPresent()) {
            return Plan.await(
                    Activity.SCALING,
                    "the members agree on a change: "
                            + view.membership.pending().get());
        }
        boolean wanted = needed(view).filter(Role.LEARNER::equals).isPresent();
        if (!wanted || !view.isWhole(learner)) {
            return Plan.of(
                    Activity.SCALING,
                    new Step.RemoveMember(learner.name(), learner.peer().id(), view.membership.version()),
                    learner.name() + (wanted ? " lost its volume" : " is no longer wanted")
                            + " before it voted: it is removed");
        }
        if (!isCaughtUp(learner)) {
            return Plan.await(Activity.SCALING, "waiting for the new member " + progress(learner));
        }
        var lost = Replacement.lostVoter(view);
        if (lost.isPresent() && view.of(Role.VOTER).count() <= view.wanted.members()) {
            return Replacement.swap(view, lost.get(), learner);
        }
        return Plan.of(
                Activity.SCALING,
                new Step.PromoteMember(learner.name(), learner.peer().id(), view.membership.version()),
                learner.name() + " has caught up: it votes from now on");
    }

    private static boolean isCaughtUp(Member learner) {
        Peer peer = learner.peer();
        return peer.started() && peer.healthy() && peer.lag().orElse(Long.MAX_VALUE) <= CAUGHT_UP;
    }

    private static String progress(Member learner) {
        var trouble = learner.pod().flatMap(pod -> pod.trouble()).map(text -> ": " + text);
        var lag = learner.peer().lag().isPresent() ? ", " + learner.peer().lag().getAsLong() + " entries behind" : "";
        return learner.name() + " to catch up" + lag + trouble.orElse("");
    }

    /// The next step towards a new member of this role.
    static Plan next(View view, Role role, String why) {
        var candidate = candidate(view);
        if (candidate.isEmpty()) {
            var name = new MemberName(view.wanted.cluster(), view.observed.nextSerial(view.wanted.cluster()));
            return Plan.of(Activity.SCALING, new Step.CreateMember(name, role), why + ": volumes for " + name);
        }
        var name = candidate.get();
        var missing = View.missing(view.wanted, role, view.observed.volumes(name));
        return missing.isEmpty()
                ? Plan.of(Activity.SCALING, join(view, name, role), why + ": " + name + " joins the cluster")
                : Plan.of(
                        Activity.SCALING,
                        new Step.CreateVolume(name, role, missing.getFirst()),
                        why + ": another volume for " + name);
    }

    private static Step join(View view, MemberName name, Role role) {
        var lost = role == Role.WITNESS ? Replacement.lostWitness(view) : Optional.<Member>empty();
        return lost.<Step>map(
                        out -> new Step.SubstituteMember(out.name(), out.peer().id(), name, view.membership.version()))
                .orElseGet(() -> new Step.AddMember(name, role, view.membership.version()));
    }
}
