package io.metastore.operator.status;

import io.metastore.crds.ClusterStatus;
import io.metastore.crds.Condition;
import io.metastore.crds.Condition.Truth;
import io.metastore.crds.ConditionType;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.member.Membership;
import io.metastore.operator.observe.Observed;
import io.metastore.operator.plan.Plan;
import io.metastore.operator.plan.Plan.Activity;
import io.metastore.operator.spec.Wanted;
import io.metastore.operator.spec.Wanted.Life;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is true about a cluster, and since when.
public final class Conditions {
    private final MetaStoreCluster cluster;
    private final Wanted wanted;
    private final Observed observed;
    private final Plan plan;
    private final List<Condition> conditions = new ArrayList<>();

    private record Finding(ConditionType type, Truth truth, String reason) {}

    Conditions(MetaStoreCluster cluster, Wanted wanted, Observed observed, Plan plan) {
        this.cluster = cluster;
        this.wanted = wanted;
        this.observed = observed;
        this.plan = plan;
    }

    List<Condition> all(boolean updated) {
        boolean quorate = observed.membership().filter(Membership::isQuorate).isPresent();
        boolean allReady = !observed.pods().isEmpty()
                && observed.pods().stream().allMatch(pod -> pod.ready() && !pod.terminating())
                && observed.pods().size() >= wanted.members() + (wanted.witness() ? 1 : 0);
        add(ConditionType.READY, quorate && allReady, "MembersReady", "MembersNotReady");
        add(ConditionType.QUORATE, quorate, "Majority", "NoMajority");
        add(ConditionType.ALL_MEMBERS_READY, allReady, "AllReady", "SomeNotReady");
        add(ConditionType.ALL_MEMBERS_UPDATED, updated, "AllUpdated", "SomeOutdated");
        add(ConditionType.PROGRESSING, isProgressing(), "StepsToDo", "NothingToDo");
        add(ConditionType.DEGRADED, isDegraded(), "NeedsCare", "Well");
        add(ConditionType.SPEC_VALID, !isBlockedBy(ConditionType.SPEC_VALID), "Understood", "NotPossible");
        add(ConditionType.TOPOLOGY_SATISFIED, !hasUnplaced(), "Placed", "NoPlace");
        add(ConditionType.SPLIT_BRAIN, isBlockedBy(ConditionType.SPLIT_BRAIN), "DifferentClusters", "OneCluster");
        add(ConditionType.PAUSED, wanted.life() == Life.PAUSED, "AskedFor", "NotAskedFor");
        add(ConditionType.HIBERNATED, plan.activity() == Activity.HIBERNATED, "AskedFor", "NotAskedFor");
        add(ConditionType.NO_SPACE, observed.outOfSpace(), "AlarmRaised", "NoAlarm");
        return List.copyOf(conditions);
    }

    /// The status of a cluster whose spec cannot be done: what was known is kept, and this is added.
    public static ClusterStatus refused(MetaStoreCluster cluster, List<String> refusals, Instant now) {
        var message = String.join("; ", refusals);
        var before = Optional.ofNullable(cluster.getStatus());
        var condition =
                condition(cluster, now, new Finding(ConditionType.SPEC_VALID, Truth.FALSE, "NotPossible"), message);
        var kept = new ArrayList<Condition>();
        before.map(ClusterStatus::conditions).orElse(List.of()).stream()
                .filter(known -> known.type() != ConditionType.SPEC_VALID)
                .forEach(kept::add);
        kept.add(condition);
        return Carried.with(cluster, ClusterStatus.Phase.FAILED, message, kept);
    }

    /// The status of a cluster that something unforeseen kept from being looked after.
    public static ClusterStatus failed(MetaStoreCluster cluster, ConditionType type, String message, Instant now) {
        var truth = type == ConditionType.DEGRADED ? Truth.TRUE : Truth.FALSE;
        var kept = new ArrayList<Condition>();
        Optional.ofNullable(cluster.getStatus()).map(ClusterStatus::conditions).orElse(List.of()).stream()
                .filter(known -> known.type() != type)
                .forEach(kept::add);
        kept.add(condition(cluster, now, new Finding(type, truth, "Failed"), message));
        return Carried.with(cluster, ClusterStatus.Phase.DEGRADED, message, kept);
    }

    private boolean isProgressing() {
        return switch (plan.activity()) {
            case BOOTSTRAPPING, SCALING, REPAIRING, UPDATING, HIBERNATING -> true;
            case HIBERNATED, PAUSED, NO_QUORUM, BLOCKED, RESTING -> false;
        };
    }

    private boolean isDegraded() {
        return switch (plan.activity()) {
            case NO_QUORUM, BLOCKED, REPAIRING -> true;
            case BOOTSTRAPPING, SCALING, UPDATING, HIBERNATING, HIBERNATED, PAUSED, RESTING -> observed.outOfSpace();
        };
    }

    private boolean hasUnplaced() {
        return observed.pods().stream()
                .flatMap(pod -> pod.trouble().stream())
                .anyMatch(trouble -> trouble.startsWith("Unschedulable"));
    }

    private boolean isBlockedBy(ConditionType type) {
        return plan.block().filter(block -> block.condition() == type).isPresent();
    }

    private void add(ConditionType type, boolean holds, String reasonIfSo, String reasonIfNot) {
        var message = observed.pods().stream()
                .filter(pod -> type == ConditionType.TOPOLOGY_SATISFIED)
                .flatMap(pod -> pod.trouble().map(text -> pod.name() + ": " + text).stream())
                .findFirst()
                .orElse(plan.reason());
        var truth = holds ? Truth.TRUE : Truth.FALSE;
        conditions.add(condition(
                cluster, observed.now(), new Finding(type, truth, holds ? reasonIfSo : reasonIfNot), message));
    }

    /// The time is that of the last change of `status`, as in all conditions of Kubernetes.
    private static Condition condition(MetaStoreCluster cluster, Instant now, Finding finding, String message) {
        var since = Optional.ofNullable(cluster.getStatus()).map(ClusterStatus::conditions).orElse(List.of()).stream()
                .filter(known -> known.type() == finding.type() && known.status() == finding.truth())
                .flatMap(known -> Optional.ofNullable(known.lastTransitionTime()).stream())
                .findFirst()
                .orElse(now.toString());
        return new Condition(
                finding.type(),
                finding.truth(),
                cluster.getMetadata().getGeneration(),
                since,
                finding.reason(),
                message);
    }
}
