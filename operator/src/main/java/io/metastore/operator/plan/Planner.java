package io.metastore.operator.plan;

import io.metastore.crds.ConditionType;
import io.metastore.operator.member.Membership;
import io.metastore.operator.model.RestartReason;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.observe.ObservedPod;
import io.metastore.operator.plan.Plan.Activity;
import io.metastore.operator.plan.View.Member;
import io.metastore.operator.spec.Release;
import io.metastore.operator.spec.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Decides what to do next. The first rule that has something to do decides; what keeps a cluster
/// alive stands before what changes it, and whatever disturbs stands alone.
///
/// Source of the order: the decision trees of operators for etcd, and the update order of etcd-druid's
/// proposal DEP-07.
public final class Planner {
    private static final List<Function<View, Optional<Plan>>> WITH_A_MAJORITY = List.of(
            Planner::startMembers,
            Leftovers::plan,
            Planner::restartIdle,
            Planner::letGoOfNeverStarted,
            Newcomers::plan,
            Planner::settle,
            Planner::reportStrangers,
            Replacement::plan,
            Scaling::plan,
            Update::plan,
            Planner::leaveCordonedNode,
            Planner::awaitUnwell);

    private Planner() {}

    /// Total and without effects: equal arguments give equal plans.
    public static Plan plan(Wanted wanted, Observed observed) {
        if (wanted.life() == Wanted.Life.PAUSED) {
            return Plan.idle(Activity.PAUSED, "paused: nothing is changed until spec.paused is false");
        }
        if (observed.clusterIds().size() > 1) {
            return Plan.blocked(
                    ConditionType.SPLIT_BRAIN,
                    "volumes or members belong to different clusters (" + String.join(", ", observed.clusterIds())
                            + "): nothing is changed until a person took away those that are wrong");
        }
        var release = wrongRelease(wanted, observed);
        if (release.isPresent()) {
            return Plan.blocked(ConditionType.SPEC_VALID, release.get());
        }
        return decide(wanted, observed).after(Upkeep.steps(wanted, observed));
    }

    private static Plan decide(Wanted wanted, Observed observed) {
        if (wanted.life() == Wanted.Life.HIBERNATED) {
            return Hibernation.plan(wanted, observed);
        }
        if (!observed.isBootstrapped()) {
            return Bootstrapping.plan(wanted, observed);
        }
        var membership = observed.membership().filter(Membership::isQuorate);
        if (membership.isEmpty()) {
            return NoQuorum.plan(wanted, observed);
        }
        var view = new View(wanted, observed, membership.get());
        return WITH_A_MAJORITY.stream()
                .flatMap(rule -> rule.apply(view).stream())
                .findFirst()
                .orElseGet(() -> Plan.idle(Activity.RESTING, "all members are as wanted"));
    }

    /// One minor release at a time and never back: members of two that are further apart may not
    /// understand each other.
    private static Optional<String> wrongRelease(Wanted wanted, Observed observed) {
        var next = wanted.release();
        if (next.isEmpty()) {
            return Optional.empty();
        }
        var finalised = observed.recorded().finalised();
        if (finalised.isPresent() && next.get().isBelow(finalised.get())) {
            return Optional.of("version " + next.get() + " is below " + finalised.get()
                    + ", whose features all members use: there is no way back");
        }
        return running(observed)
                .filter(release -> !release.mayBecome(next.get()))
                .min(Release::compareTo)
                .map(lowest -> "version " + next.get() + " is too far from " + lowest
                        + ", which a member runs: go one minor release at a time");
    }

    private static Stream<Release> running(Observed observed) {
        return observed.membership().stream()
                .flatMap(membership -> membership.members().stream())
                .flatMap(peer -> peer.facts().stream())
                .flatMap(facts -> Release.parse(facts.version()).stream());
    }

    /// Whoever belongs to the cluster and has its volumes gets a Pod; that disturbs nobody.
    private static Optional<Plan> startMembers(View view) {
        var steps = view.members.stream()
                .filter(member -> member.pod().isEmpty() && view.isWhole(member))
                .map(member -> new Step.CreatePod(member.name(), member.role(), new Step.Start.Join(view.joins())))
                .toList();
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of(Plan.of(
                        Activity.REPAIRING,
                        steps,
                        "Pods of " + View.names(steps.stream().map(Step.CreatePod::name)) + " are missing: made anew"));
    }

    /// A Pod that takes no part in the majority and is not as wanted is replaced at once: so an update
    /// that went wrong can be taken back, and a member that cannot start can be mended.
    private static Optional<Plan> restartIdle(View view) {
        return view.members.stream()
                .filter(member -> !member.isReady() && !member.peer().healthy())
                .flatMap(member -> member.pod().stream()
                        .filter(pod -> !pod.terminating())
                        .flatMap(pod -> idleReason(view, member, pod).stream()
                                .map(reason -> Restart.atOnce(Activity.REPAIRING, pod, reason))))
                .findFirst();
    }

    private static Optional<RestartReason> idleReason(View view, Member member, ObservedPod pod) {
        if (!view.isWhole(member)) {
            return Optional.of(RestartReason.VOLUME_LOST);
        }
        var outdated = Restart.reason(view.wanted, member.role(), pod, member.volumes());
        if (outdated.isPresent()) {
            return outdated;
        }
        return !member.peer().started() && !pod.joins().equals(view.joins())
                ? Optional.of(RestartReason.MEMBERS_CHANGED)
                : Optional.empty();
    }

    /// It was added, its volume went away before it ever ran: nobody has ever asked for its vote.
    private static Optional<Plan> letGoOfNeverStarted(View view) {
        return view.members.stream()
                .filter(member -> !member.peer().started() && !view.isWhole(member))
                .filter(member -> member.pod().isEmpty())
                .findFirst()
                .map(member -> Plan.of(
                        Activity.REPAIRING,
                        new Step.RemoveMember(member.name(), member.peer().id(), view.membership.version()),
                        member.name()
                                + " was added and its volume is gone before it ever ran: it is taken off the list"));
    }

    private static Optional<Plan> settle(View view) {
        return view.membership
                .pending()
                .map(what -> Plan.await(Activity.SCALING, "the members agree on a change: " + what));
    }

    private static Optional<Plan> reportStrangers(View view) {
        return view.foreign.isEmpty()
                ? Optional.empty()
                : Optional.of(Plan.blocked(
                        ConditionType.DEGRADED,
                        "members that are none of this cluster's Pods: "
                                + view.foreign.stream()
                                        .map(peer -> Long.toHexString(peer.id()) + " at "
                                                + String.join(" ", peer.peerUrls()))
                                        .toList()
                                + ": remove them, nothing is changed before"));
    }

    private static Optional<Plan> leaveCordonedNode(View view) {
        if (!view.wanted.care().moveLeaderOnDrain()) {
            return Optional.empty();
        }
        return view.leader()
                .filter(Member::isCordoned)
                .flatMap(leader -> Heir.of(view, heir -> !heir.isCordoned())
                        .map(heir -> Plan.of(
                                Activity.REPAIRING,
                                new Step.MoveLeader(heir.name(), heir.peer().id()),
                                "the node of the leader " + leader.name() + " takes no more Pods: " + heir.name()
                                        + " is to lead")));
    }

    private static Optional<Plan> awaitUnwell(View view) {
        var unwell = view.members.stream().filter(member -> !member.isSound()).toList();
        if (unwell.isEmpty()) {
            return Optional.empty();
        }
        var troubles = unwell.stream()
                .map(member -> member.name()
                        + member.pod()
                                .flatMap(ObservedPod::trouble)
                                .map(text -> " (" + text + ")")
                                .orElse(""))
                .collect(Collectors.joining(", "));
        return Optional.of(Plan.await(Activity.REPAIRING, "waiting for " + troubles + " to be well"));
    }
}
