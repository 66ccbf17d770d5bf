package io.metastore.operator.resource;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.metastore.crds.AvailabilitySpec.UnhealthyPodEvictionPolicy;
import io.metastore.crds.MetaStoreCluster;

/// How many Pods may be evicted: as many as the members can do without, now and after the next change.
public final class Budget {
    private Budget() {}

    static PodDisruptionBudget build(MetaStoreCluster cluster, int minAvailable) {
        var policy = switch (cluster.getSpec().availability().pdb().unhealthyPodEvictionPolicy()) {
            case UnhealthyPodEvictionPolicy.IF_HEALTHY_BUDGET -> "IfHealthyBudget";
            case UnhealthyPodEvictionPolicy.ALWAYS_ALLOW -> "AlwaysAllow";
        };
        return new PodDisruptionBudgetBuilder()
                .withMetadata(Labels.meta(cluster, Names.budget(cluster)))
                .withNewSpec()
                .withMinAvailable(new IntOrString(minAvailable))
                .withUnhealthyPodEvictionPolicy(policy)
                .withNewSelector()
                .withMatchLabels(Labels.selector(cluster.getMetadata().getName()))
                .endSelector()
                .endSpec()
                .build();
    }
}
