package io.metastore.operator.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.model.MemberName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/// All objects of a cluster that are neither Pods nor volumes nor secrets: changing one of them
/// restarts nobody.
public final class Surroundings {
    private Surroundings() {}

    /// Each as it should be.
    ///
    /// @param minAvailable of the disruption budget; nothing for a cluster that has none
    public static List<HasMetadata> build(
            MetaStoreCluster cluster, Collection<MemberName> members, OptionalInt minAvailable) {
        var objects = new ArrayList<HasMetadata>();
        if (cluster.getSpec().serviceAccount().name() == null) {
            objects.add(Access.account(cluster));
        }
        objects.addAll(new Services(cluster).build(members));
        if (cluster.getSpec().availability().pdb().enabled() && minAvailable.isPresent()) {
            objects.add(Budget.build(cluster, minAvailable.getAsInt()));
        }
        if (cluster.getSpec().networkPolicy().enabled()) {
            objects.add(Access.policy(cluster));
        }
        return List.copyOf(objects);
    }
}
