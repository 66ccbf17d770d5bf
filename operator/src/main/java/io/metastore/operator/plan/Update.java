package io.metastore.operator.plan;

import io.metastore.operator.model.RestartReason;
import io.metastore.operator.model.Role;
import io.metastore.operator.observe.ObservedPod;
import io.metastore.operator.plan.Plan.Activity;
import io.metastore.operator.plan.View.Member;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Restarts members that are outdated, one at a time: learners, the witness, followers from the one
/// that is furthest behind, and the leader last, after another member that is done leads.
final class Update {
    private static final Comparator<Member> ORDER = Comparator.comparing(Member::leads)
            .thenComparingInt(member -> rank(member.role()))
            .thenComparingLong(member -> -member.peer().lag().orElse(Long.MAX_VALUE))
            .thenComparing(Member::name);

    private Update() {}

    static Optional<Plan> plan(View view) {
        var outdated = view.members.stream()
                .filter(member -> reason(view, member).isPresent())
                .sorted(ORDER)
                .toList();
        return outdated.isEmpty() ? Optional.empty() : Optional.of(next(view, outdated));
    }

    private static Plan next(View view, List<Member> outdated) {
        var candidate = outdated.getFirst();
        var unsettled = view.members.stream()
                .filter(member -> !outdated.contains(member) || isTerminating(member))
                .filter(member -> !isSettled(view, member))
                .findFirst();
        if (unsettled.isPresent()) {
            return Plan.await(
                    Activity.UPDATING,
                    "before " + candidate.name() + " is restarted: " + waiting(view, unsettled.get()));
        }
        if (!canSpare(view, candidate)) {
            return Plan.await(
                    Activity.UPDATING,
                    candidate.name() + " is to be restarted, and too few of the others are well: waiting for them");
        }
        return candidate.leads() && hasHeir(view) ? handOver(view, candidate) : restart(view, candidate);
    }

    static Optional<RestartReason> reason(View view, Member member) {
        return member.pod().flatMap(pod -> Restart.reason(view.wanted, member.role(), pod, member.volumes()));
    }

    private static int rank(Role role) {
        return switch (role) {
            case LEARNER -> 0;
            case WITNESS -> 1;
            case VOTER -> 2;
        };
    }

    private static boolean isTerminating(Member member) {
        return member.pod().filter(ObservedPod::terminating).isPresent();
    }

    /// Back, for long enough, and caught up. A learner is never ready for clients.
    private static boolean isSettled(View view, Member member) {
        var updates = view.wanted.updates();
        boolean caughtUp = member.peer().healthy() && member.peer().lag().orElse(Long.MAX_VALUE) <= updates.maxLag();
        boolean readyForLong = member.pod()
                .filter(pod -> pod.ready() && !pod.terminating())
                .filter(pod -> !pod.since().plus(updates.minReady()).isAfter(view.now()))
                .isPresent();
        return caughtUp && (readyForLong || member.role() == Role.LEARNER);
    }

    private static String waiting(View view, Member member) {
        var trouble = member.pod().flatMap(ObservedPod::trouble).map(text -> " (" + text + ")");
        return member.name() + " must be ready for "
                + view.wanted.updates().minReady().toSeconds() + " s and at most "
                + view.wanted.updates().maxLag() + " entries behind" + trouble.orElse("");
    }

    /// The others have a majority, one with data among them. A cluster that can never do without a
    /// member is restarted when all are well: the user asked for it.
    private static boolean canSpare(View view, Member member) {
        if (!member.role().votes()) {
            return true;
        }
        int sound = view.soundVotersBesides(member.name());
        if (view.spare() == 0) {
            return sound == view.voters() - 1;
        }
        return sound >= View.majority(view.voters()) && view.soundDataBesides(member.name());
    }

    private static boolean hasHeir(View view) {
        return view.of(Role.VOTER).count() > 1;
    }

    private static Plan handOver(View view, Member leader) {
        if (view.wanted.updates().supervised()) {
            return Plan.await(
                    Activity.UPDATING,
                    "only the leader " + leader.name() + " is left to be restarted: waiting until somebody moves"
                            + " leadership (updateStrategy.leader is Supervised)");
        }
        return Heir.of(view, heir -> reason(view, heir).isEmpty())
                .map(heir -> Plan.of(
                        Activity.UPDATING,
                        new Step.MoveLeader(heir.name(), heir.peer().id()),
                        "only the leader " + leader.name() + " is left to be restarted: " + heir.name()
                                + " is to lead"))
                .orElseGet(() -> Plan.await(Activity.UPDATING, "waiting for a member that can lead"));
    }

    private static Plan restart(View view, Member member) {
        var pod = member.pod().orElseThrow();
        var reason = reason(view, member).orElseThrow();
        var ask = member.role().votes()
                ? Optional.of(new Step.Farewell(member.peer().id(), view.spare() == 0))
                : Optional.<Step.Farewell>empty();
        return Plan.of(
                Activity.UPDATING,
                new Step.DeletePod(member.name(), pod.id(), reason, ask),
                member.name() + " is restarted: " + reason.text());
    }
}
