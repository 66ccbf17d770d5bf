package io.metastore.operator.resource;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.metastore.crds.MetaStoreCluster;
import io.metastore.operator.model.MemberName;
import io.metastore.operator.model.Role;
import java.util.Map;
import java.util.TreeMap;

/// How objects of a cluster are told from others.
public final class Labels {
    public static final String CLUSTER = "metastore.io/cluster";
    public static final String SERIAL = "metastore.io/serial";
    public static final String ROLE = "metastore.io/role";
    /// On the Pod that leads: `leader`.
    public static final String RAFT_ROLE = "metastore.io/raft-role";

    public static final String LEADER = "leader";
    /// On volumes: what they are for.
    public static final String USE = "metastore.io/volume";

    public static final String CLUSTER_ID = "metastore.io/cluster-id";
    /// On volumes that outlive the removal of their member.
    public static final String RETIRED = "metastore.io/retired";

    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String OPERATOR = "metastore-operator";

    /// Annotation: from what the Pod was made.
    public static final String HASH = "metastore.io/build";

    /// Annotation: the members that it was told of.
    public static final String JOINS = "metastore.io/joins";

    private Labels() {}

    static Map<String, String> of(MetaStoreCluster cluster) {
        var labels = new TreeMap<String, String>();
        labels.put("app.kubernetes.io/name", "metastore");
        labels.put("app.kubernetes.io/instance", cluster.getMetadata().getName());
        labels.put(MANAGED_BY, OPERATOR);
        labels.put(CLUSTER, cluster.getMetadata().getName());
        return labels;
    }

    static Map<String, String> of(MetaStoreCluster cluster, MemberName member, Role role) {
        var labels = of(cluster);
        labels.put(SERIAL, String.valueOf(member.serial()));
        labels.put(ROLE, role(role));
        return labels;
    }

    /// A learner is a voter to be, and its Pod stays when it becomes one.
    static String role(Role role) {
        return role == Role.WITNESS ? Role.WITNESS.text() : Role.VOTER.text();
    }

    /// Chooses all Pods of a cluster.
    public static Map<String, String> selector(String cluster) {
        return Map.of(CLUSTER, cluster);
    }

    static ObjectMeta meta(MetaStoreCluster cluster, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(cluster.getMetadata().getNamespace())
                .withLabels(of(cluster))
                .withOwnerReferences(owner(cluster))
                .build();
    }

    /// What belongs to the cluster goes with it.
    static OwnerReference owner(MetaStoreCluster cluster) {
        return new OwnerReferenceBuilder()
                .withApiVersion("metastore.io/v1alpha1")
                .withKind("MetaStoreCluster")
                .withName(cluster.getMetadata().getName())
                .withUid(cluster.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
