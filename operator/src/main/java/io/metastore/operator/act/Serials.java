package io.metastore.operator.act;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.model.MemberName;
import java.util.Map;
import java.util.TreeMap;

/// Gives out numbers of members. The next one stands in the status, and is raised only in the version
/// that was read: of two operators that want the same number one gets it.
public final class Serials {
    private static final CustomResourceDefinitionContext CLUSTERS =
            CustomResourceDefinitionContext.fromCustomResourceType(MetaStoreCluster.class);

    private final KubernetesClient client;

    public Serials(KubernetesClient client) {
        this.client = client;
    }

    /// Afterwards nobody else gets this number.
    ///
    /// @throws Conflict when it has been given out
    void reserve(MetaStoreCluster cluster, MemberName name) throws Conflict {
        var meta = cluster.getMetadata();
        var resource = client.genericKubernetesResources(CLUSTERS)
                .inNamespace(meta.getNamespace())
                .withName(meta.getName());
        var live = resource.get();
        if (live == null || !live.getMetadata().getUid().equals(meta.getUid())) {
            throw new Conflict("the cluster is gone");
        }
        var status = new TreeMap<String, Object>();
        if (live.<Object>get("status") instanceof Map<?, ?> known) {
            known.forEach((key, value) -> status.put(key.toString(), value));
        }
        if (status.get("nextSerial") instanceof Number next && next.longValue() > name.serial()) {
            throw new Conflict("the number of " + name + " has been given out");
        }
        status.put("nextSerial", name.serial() + 1);
        live.setAdditionalProperty("status", status);
        write(live);
    }

    private void write(GenericKubernetesResource live) {
        client.genericKubernetesResources(CLUSTERS)
                .inNamespace(live.getMetadata().getNamespace())
                .resource(live)
                .lockResourceVersion(live.getMetadata().getResourceVersion())
                .updateStatus();
    }
}
