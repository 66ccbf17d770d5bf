package io.metastore.operator.resource;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import io.metastore.operator.model.VolumeUse;
import io.metastore.operator.spec.Wanted;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Claims of members' volumes. They have no owner: what a member wrote outlives the resource unless
/// the user says otherwise.
public final class Volumes {
    private final MetaStoreCluster cluster;
    private final Wanted wanted;

    public Volumes(MetaStoreCluster cluster, Wanted wanted) {
        this.cluster = cluster;
        this.wanted = wanted;
    }

    /// A volume for a member of this role.
    ///
    /// @throws IllegalArgumentException when such a member has no volume of this use
    public PersistentVolumeClaim build(MemberName name, Role role, VolumeUse use) {
        long bytes = wanted.size(role, use)
                .orElseThrow(() -> new IllegalArgumentException(role + " has no volume for " + use));
        var labels = new TreeMap<>(Labels.of(cluster, name, role));
        labels.put(Labels.USE, use.text());
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(use.claim(name))
                .withNamespace(cluster.getMetadata().getNamespace())
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(storageClass(role))
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(String.valueOf(bytes))))
                .endResources()
                .endSpec()
                .build();
    }

    private @Nullable String storageClass(Role role) {
        return role == Role.WITNESS
                ? cluster.getSpec().witness().storage().storageClass()
                : cluster.getSpec().storage().storageClass();
    }
}
