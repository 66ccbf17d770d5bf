package io.metastore.operator.resource;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.crds.SchedulingSpec;
import io.metastore.crds.SpreadConstraint;
import io.metastore.operator.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// On which nodes a member runs: apart from the others, in other zones, and a witness where the user
/// wants it.
final class Placement {
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final int STRONGLY = 100;

    private final MetaStoreCluster cluster;
    private final Role role;
    private final SchedulingSpec scheduling;

    Placement(MetaStoreCluster cluster, Role role) {
        this.cluster = cluster;
        this.role = role;
        this.scheduling = cluster.getSpec().scheduling();
    }

    Map<String, String> nodeSelector() {
        if (role != Role.WITNESS) {
            return scheduling.nodeSelector();
        }
        var selector = new TreeMap<>(cluster.getSpec().witness().nodeSelector());
        var zone = cluster.getSpec().witness().topologyZone();
        if (zone != null) {
            selector.put(ZONE, zone);
        }
        return selector;
    }

    List<Toleration> tolerations() {
        var wished = role == Role.WITNESS ? cluster.getSpec().witness().tolerations() : scheduling.tolerations();
        return wished.stream().map(Placement::toleration).toList();
    }

    /// The witness keeps away from members with data as they do from each other: it is worth nothing
    /// beside one.
    Affinity affinity() {
        var builder = new AffinityBuilder();
        return switch (scheduling.antiAffinity()) {
            case NONE -> builder.build();
            case PREFERRED ->
                builder.withNewPodAntiAffinity()
                        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                        .withWeight(STRONGLY)
                        .withPodAffinityTerm(others())
                        .endPreferredDuringSchedulingIgnoredDuringExecution()
                        .endPodAntiAffinity()
                        .build();
            case REQUIRED ->
                builder.withNewPodAntiAffinity()
                        .withRequiredDuringSchedulingIgnoredDuringExecution(others())
                        .endPodAntiAffinity()
                        .build();
        };
    }

    private PodAffinityTerm others() {
        return new PodAffinityTermBuilder()
                .withTopologyKey(scheduling.topologyKey())
                .withNewLabelSelector()
                .withMatchLabels(Labels.selector(cluster.getMetadata().getName()))
                .endLabelSelector()
                .build();
    }

    /// A witness with a zone of its own is not spread: the user said where it goes.
    List<TopologySpreadConstraint> spread() {
        var constraints = new ArrayList<TopologySpreadConstraint>();
        boolean pinned = role == Role.WITNESS && cluster.getSpec().witness().topologyZone() != null;
        if (!pinned) {
            switch (scheduling.zoneSpread()) {
                case NONE -> {}
                case PREFERRED -> constraints.add(constraint(ZONE, 1, "ScheduleAnyway"));
                case REQUIRED -> constraints.add(constraint(ZONE, 1, "DoNotSchedule"));
            }
        }
        if (role != Role.WITNESS) {
            scheduling.topologySpreadConstraints().forEach(wished -> constraints.add(further(wished)));
        }
        return constraints;
    }

    private TopologySpreadConstraint further(SpreadConstraint wished) {
        var when = switch (wished.whenUnsatisfiable()) {
            case DO_NOT_SCHEDULE -> "DoNotSchedule";
            case SCHEDULE_ANYWAY -> "ScheduleAnyway";
        };
        return new TopologySpreadConstraintBuilder(constraint(wished.topologyKey(), wished.maxSkew(), when))
                .withMinDomains(wished.minDomains())
                .build();
    }

    private TopologySpreadConstraint constraint(String key, int skew, String when) {
        return new TopologySpreadConstraintBuilder()
                .withTopologyKey(key)
                .withMaxSkew(skew)
                .withWhenUnsatisfiable(when)
                .withNewLabelSelector()
                .withMatchLabels(Labels.selector(cluster.getMetadata().getName()))
                .endLabelSelector()
                .build();
    }

    private static Toleration toleration(io.metastore.crds.Toleration wished) {
        var operator = switch (wished.operator()) {
            case EQUAL -> "Equal";
            case EXISTS -> "Exists";
        };
        var builder = new TolerationBuilder()
                .withKey(wished.key())
                .withOperator(operator)
                .withValue(wished.value())
                .withTolerationSeconds(wished.tolerationSeconds());
        var effect = wished.effect();
        if (effect == null) {
            return builder.build();
        }
        return builder.withEffect(
                        switch (effect) {
                            case NO_SCHEDULE -> "NoSchedule";
                            case PREFER_NO_SCHEDULE -> "PreferNoSchedule";
                            case NO_EXECUTE -> "NoExecute";
                        })
                .build();
    }
}
